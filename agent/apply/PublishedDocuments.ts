import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import type { PictureView } from "../PictureView.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { IncomingDocument, IncomingStatus } from "./DocumentView.ts";
import { ContentFetch } from "./ContentFetch.ts";
import { IncomingContent } from "./IncomingContent.ts";
import { PictureWitness } from "./PictureWitness.ts";
import { planIntake } from "./planIntake.ts";
import type { IntakePlan } from "./planIntake.ts";

export interface PublishedDocumentsOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly configMap: Required<Pick<ObjectReference, "namespace" | "name">>;
  /** The agent's own, with the SHA-256 in hex of the peers.json that it comes to. */
  readonly picture: PictureView & { readonly hash: () => string | undefined };
  readonly metrics: ApplyMetrics;
  /** After a new good document. */
  readonly onChange: () => void;
  readonly heartbeat?: Heartbeat;
  /** For people; nothing depends on them. */
  readonly events?: Pick<PodEvents, "record">;
}

/** Milliseconds: half of what counts as alive (see chooseDocument). */
const maxAge = 30_000;
/** Milliseconds that a watch lasts while the agent's own picture shows that the document holds. */
const restingTerm = 3_600_000;
/** A picture older than this, in milliseconds, vouches for nothing. */
const freshPicture = 60_000;
/** Milliseconds for which the picture may lag behind a new document, and what is drawn on top. */
const patience = 150;
const patienceSpread = 150;
/** Milliseconds for which picture and document may differ before the watch is doubted. */
const doubtAfter = 5_000;
const idle = 10_000;

/**
 * The documents of the ConfigMap, of which the API shows the metadata in a watch. A new one is had from the agent's own
 * picture where that comes to the same bytes, and is fetched otherwise (planIntake). A ConfigMap that is deleted, or
 * whose content is refused, leaves the last good document.
 *
 * While picture and document agree, the picture, asked of the API every 30 s, shows that the document holds: the watch
 * need not show it too, and lasts an hour. When they differ for 5 s, or nothing has shown it for a minute, the watch is
 * opened anew, and every 30 s from then on, until they agree. Not promised: that an edit which changes nothing of the
 * list is noticed by a watch that died unnoticed; a connection that died is noticed within 15 s by HTTP/2's pings.
 */
export class PublishedDocuments {
  readonly #options: PublishedDocumentsOptions;
  readonly #content: IncomingContent;
  readonly #reflector: Reflector<KubeObject>;
  readonly #witness: PictureWitness;
  readonly #fetching: ContentFetch;
  readonly #look = new Notifier();
  /** Versions of the ConfigMap whose content is held. */
  #taken: readonly string[] = [];
  #shownAt = 0;
  /** While a newer version than the one held is known of: how old what is held was then, and when that was. */
  #outdated: { readonly age: number; readonly at: number } | undefined;
  #resting = false;
  #differsSince: number | undefined;
  #patience = patience;

  constructor(options: PublishedDocumentsOptions) {
    this.#options = options;
    this.#content = new IncomingContent({ ...options, source: "api" });
    const { api, clock, random, configMap } = options;
    this.#witness = new PictureWitness(options);
    this.#fetching = new ContentFetch(options);
    this.#reflector = new Reflector({
      api,
      clock,
      random,
      collection: { apiVersion: "v1", kind: "ConfigMap", ...configMap },
      metadataOnly: true,
      maxAge,
      term: () => this.#term(),
      small: true,
      onChange: (before) => this.#shown(before),
    });
  }

  current(): IncomingDocument | undefined {
    return this.#content.current();
  }

  /** Milliseconds since the document was last proven to be the newest; infinite before it ever was. */
  age(): number {
    if (this.#outdated) return this.#outdated.age + this.#options.clock.monotonic() - this.#outdated.at;
    return this.#witness.age(this.current()?.document.hash, this.#reflector.age());
  }

  status(): IncomingStatus & { readonly age: number | null } {
    const age = this.age();
    return { ...this.#content.status(), age: Number.isFinite(age) ? age : null };
  }

  /** The agent's own picture has changed. */
  notify(): void {
    this.#look.notify();
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    const tasks = {
      watch: (inner: AbortSignal) => this.#reflector.run(inner),
      content: (inner: AbortSignal) => this.#follow(inner),
    };
    await runTasks(tasks, signal);
    signal.throwIfAborted();
  }

  #shown(before: number): void {
    const { clock, random } = this.#options;
    const now = clock.monotonic();
    this.#outdated ??= { age: this.#witness.age(this.current()?.document.hash, before), at: now };
    this.#shownAt = now;
    this.#patience = patience + random.next() * patienceSpread;
    this.#settle(this.#plan());
    this.#look.notify();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { clock, heartbeat } = this.#options;
    for (;;) {
      heartbeat?.beat();
      const pause = await this.#lookOnce(signal);
      await this.#look.wait(clock, pause, signal);
    }
  }

  /** Resolves with the milliseconds until the next look, if nothing calls for one earlier. */
  async #lookOnce(signal: AbortSignal): Promise<number> {
    const plan = this.#plan();
    if (plan.action === "wait") return plan.milliseconds;
    if (plan.action === "fetch") return this.#fetch(signal);
    this.#settle(plan);
    return this.#doubt();
  }

  #watched(): KubeObject | undefined {
    const { namespace, name } = this.#options.configMap;
    return this.#reflector.items().get(`${namespace}/${name}`);
  }

  #plan(): IntakePlan {
    const { clock, picture } = this.#options;
    const [current, hash] = [picture.current(), picture.hash()];
    const fresh = current && hash !== undefined && picture.age() < freshPicture;
    return planIntake({
      watched: this.#watched(),
      taken: this.#taken,
      held: this.current()?.document,
      picture: fresh ? { peers: current.peers, hash } : undefined,
      waited: clock.monotonic() - this.#shownAt,
      patience: this.#patience,
    });
  }

  #settle(plan: IntakePlan): void {
    if (plan.action === "wait" || plan.action === "fetch") return;
    // That there is none proves nothing of the one that is held: another may have come between.
    if (plan.action === "nothing" && plan.reason === "absent") return;
    this.#outdated = undefined;
    if (plan.action !== "adopt") return;
    this.#taken = [versionOf(this.#watched())];
    if (this.#content.takeDocument(plan.document)) this.#options.onChange();
  }

  async #fetch(signal: AbortSignal): Promise<number> {
    const wait = this.#fetching.wait();
    if (wait > 0) return Math.min(wait, idle);
    const shown = versionOf(this.#watched());
    const fetched = await this.#fetching.fetch(shown, signal);
    if (!fetched) return Math.min(this.#fetching.wait(), idle);
    // It may be newer than what the watch has shown: that comes, and is the same.
    this.#taken = [shown, fetched.resourceVersion];
    if (this.#content.take(fetched.data)) this.#options.onChange();
    return 0;
  }

  /**
   * True when there is no reason to look whether the watch lives. What was refused may have been put right since; and what
   * nothing has proven for so long, as after a standstill, the picture does not prove anew.
   */
  #agrees(): boolean {
    const refused = this.#content.status().refusal !== undefined;
    return !refused && this.age() < freshPicture && this.#witness.agrees(this.current()?.document.hash);
  }

  #term(): number {
    this.#resting = this.#agrees();
    return this.#resting ? restingTerm : maxAge;
  }

  #doubt(): number {
    // Asked here so that it is known later until when they agreed.
    this.age();
    if (this.#agrees()) {
      this.#differsSince = undefined;
      return idle;
    }
    const now = this.#options.clock.monotonic();
    this.#differsSince ??= now;
    const left = this.#differsSince + doubtAfter - now;
    if (left > 0) return left;
    if (this.#resting) this.#reflector.reopen();
    this.#resting = false;
    return idle;
  }
}

function versionOf(object: KubeObject | undefined): string {
  return object?.metadata.resourceVersion ?? "";
}
