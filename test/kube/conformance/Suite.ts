import type { Collection } from "../../../kube/Collection.ts";
import type { CallOptions, KubeApi, WatchOptions } from "../../../kube/KubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { ObjectReference } from "../../../kube/ObjectReference.ts";
import type { WatchEvent } from "../../../kube/WatchEvent.ts";
import type { ConformanceTarget } from "./ConformanceTarget.ts";

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

type Events = WatchEvent<ConfigMap>[];

/** The target of a run, once it is open, and what most cases are made of. */
export class Suite {
  readonly call: CallOptions = { signal: AbortSignal.timeout(120_000) };
  #target: ConformanceTarget | undefined;

  open(target: ConformanceTarget): void {
    this.#target = target;
  }

  get target(): ConformanceTarget {
    if (!this.#target) throw new Error("the target is not open yet");
    return this.#target;
  }

  get api(): KubeApi {
    return this.target.api;
  }

  get namespace(): string {
    return this.target.namespace;
  }

  configMap(name: string, fields: Partial<ConfigMap> = {}): ConfigMap {
    const metadata = { name, namespace: this.namespace, ...fields.metadata };
    return { apiVersion: "v1", kind: "ConfigMap", ...fields, metadata };
  }

  reference(name: string, kind = "ConfigMap", apiVersion = "v1"): ObjectReference {
    return { apiVersion, kind, namespace: this.namespace, name };
  }

  labelled(set: string): Collection {
    return { apiVersion: "v1", kind: "ConfigMap", namespace: this.namespace, labelSelector: `set=${set}` };
  }

  inSet(set: string, name: string, data: Record<string, string> = {}): ConfigMap {
    return this.configMap(name, { data, metadata: { labels: { set } } });
  }

  /** All events of a watch, which ends as soon as there are enough. */
  async collect(
    collection: Collection,
    watch: Partial<WatchOptions> & { readonly resourceVersion: string },
    enough: (events: Events) => boolean,
  ): Promise<Events> {
    const events: Events = [];
    const stop = new AbortController();
    const all = AbortSignal.any([this.call.signal, stop.signal, ...(watch.signal ? [watch.signal] : [])]);
    const settings = { timeoutSeconds: 30, maxSilence: 40_000, ...watch, signal: all };
    for await (const event of this.api.watch<ConfigMap>(collection, settings)) {
      events.push(event);
      if (enough(events)) stop.abort();
    }
    return events;
  }
}
