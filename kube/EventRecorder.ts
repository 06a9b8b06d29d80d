import { createHash } from "node:crypto";
import type { Clock } from "../runtime/Clock.ts";
import type { Log } from "../runtime/Log.ts";
import { Notifier } from "../runtime/Notifier.ts";
import { microTime } from "./election/microTime.ts";
import type { KubeApi } from "./KubeApi.ts";
import type { KubeObject } from "./KubeObject.ts";
import type { ObjectReference } from "./ObjectReference.ts";

/** What people are to find in `kubectl describe` and `kubectl get events`. */
export interface EventNote {
  /** An object in a namespace: the Event goes there. */
  readonly regarding: ObjectReference & { readonly namespace: string; readonly uid?: string };
  readonly type: "Normal" | "Warning";
  /** In CamelCase, from the documented list. */
  readonly reason: string;
  /** What was done or tried, in CamelCase. */
  readonly action: string;
  /** A sentence; cut after 1,024 bytes, the API's limit. */
  readonly note: string;
}

export interface EventRecorderOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly log: Log;
  /** Such as `peer-discovery.stellar.org/agent`. */
  readonly controller: string;
  /** The pod's name. */
  readonly instance: string;
}

/** Events that wait to be written; more than that are dropped. */
const capacity = 50;
/** Milliseconds in which the same Event is not repeated. */
const repetition = 3_600_000;
const deadline = 5_000;
const idle = 30_000;

/**
 * Writes Events (events.k8s.io/v1) in the background. They are for people, so nothing waits for them and nothing
 * depends on them: one that can't be written is dropped, with a debug line. The same Event is written once an hour.
 */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #queue: EventNote[] = [];
  readonly #changed = new Notifier();
  readonly #written = new Map<string, number>();

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  record(note: EventNote): void {
    const key = JSON.stringify(note);
    const now = this.#options.clock.monotonic();
    for (const [old, at] of this.#written) if (now - at >= repetition) this.#written.delete(old);
    if (this.#written.has(key) || this.#queue.length >= capacity) return;
    this.#written.set(key, now);
    this.#queue.push(note);
    this.#changed.notify();
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      for (let note = this.#queue.shift(); note; note = this.#queue.shift()) await this.#write(note, signal);
      await this.#changed.wait(this.#options.clock, idle, signal);
    }
  }

  async #write(note: EventNote, signal: AbortSignal): Promise<void> {
    const { api, log } = this.#options;
    try {
      await api.create<KubeObject>(this.#event(note), { signal, deadline });
    } catch (error) {
      signal.throwIfAborted();
      log.debug(
        { event: "event.failed", reason: note.reason, err: error },
        `Event ${note.reason} not written`,
      );
    }
  }

  #event({ regarding, type, reason, action, note }: EventNote): KubeObject {
    const { clock, controller, instance } = this.#options;
    const time = microTime(clock.now());
    const name = regarding.name.slice(0, 200);
    const suffix = createHash("sha256")
      .update(`${instance} ${reason} ${note} ${time}`)
      .digest("hex")
      .slice(0, 16);
    const event = {
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      metadata: { namespace: regarding.namespace, name: `${name}.${suffix}` },
      eventTime: time,
      reportingController: controller,
      reportingInstance: instance,
      action,
      reason,
      regarding,
      note: Buffer.from(note).subarray(0, 1024).toString("utf8").replace(/�+$/, ""),
      type,
    };
    return event;
  }
}
