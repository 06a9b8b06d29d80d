import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Random } from "../../runtime/Random.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { IncomingDocument, IncomingStatus } from "./DocumentView.ts";
import { IncomingContent } from "./IncomingContent.ts";

export interface PublishedDocumentsOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly configMap: Required<Pick<ObjectReference, "namespace" | "name">>;
  readonly metrics: ApplyMetrics;
  /** After a new good document. */
  readonly onChange: () => void;
  readonly heartbeat?: Heartbeat;
  /** For people; nothing depends on them. */
  readonly events?: Pick<PodEvents, "record">;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** Milliseconds: half of what counts as alive (see chooseDocument). */
const maxAge = 30_000;

/**
 * The documents of the ConfigMap, watched through the API. A ConfigMap that is deleted, or whose content is refused,
 * leaves the last good document.
 */
export class PublishedDocuments {
  readonly #options: PublishedDocumentsOptions;
  readonly #content: IncomingContent;
  readonly #reflector: Reflector<ConfigMap>;

  constructor(options: PublishedDocumentsOptions) {
    this.#options = options;
    this.#content = new IncomingContent({ ...options, source: "api" });
    const { api, clock, random, configMap, heartbeat } = options;
    this.#reflector = new Reflector<ConfigMap>({
      api,
      clock,
      random,
      collection: { apiVersion: "v1", kind: "ConfigMap", ...configMap },
      maxAge,
      onChange: () => this.#take(),
      ...(heartbeat ? { heartbeat } : {}),
    });
  }

  current(): IncomingDocument | undefined {
    return this.#content.current();
  }

  /** Milliseconds since the ConfigMap was last proven to be what this holds; infinite before it ever was. */
  age(): number {
    return this.#reflector.age();
  }

  status(): IncomingStatus & { readonly age: number | null } {
    const age = this.age();
    return { ...this.#content.status(), age: Number.isFinite(age) ? age : null };
  }

  /** Runs until the signal aborts; rejects with its reason. */
  run(signal: AbortSignal): Promise<void> {
    return this.#reflector.run(signal);
  }

  #take(): void {
    const { namespace, name } = this.#options.configMap;
    const object = this.#reflector.items().get(`${namespace}/${name}`);
    if (object && this.#content.take(object.data ?? {})) this.#options.onChange();
  }
}
