import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Random } from "../../runtime/Random.ts";
import type { ConfigMapClient } from "./ConfigMapClient.ts";
import type { StoredDocument } from "./StoredDocument.ts";

export interface WatchedDocumentOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly configMap: { readonly namespace: string; readonly name: string };
  readonly client: ConfigMapClient;
  /** What is stored is no longer what is held here. */
  readonly onChange: () => void;
}

/** Milliseconds without proof after which what is held does not count as what is stored. */
const freshness = 60_000;
/** Milliseconds after which the watch is opened anew, and so for how long an edit may go unnoticed if it is dead. */
const watchAge = 30_000;

/** What is stored in the ConfigMap, read again only when a watch of its metadata shows another version. */
export class WatchedDocument {
  readonly #client: ConfigMapClient;
  readonly #reflector: Reflector<KubeObject>;
  #held: StoredDocument | undefined;

  constructor({ api, clock, random, configMap, client, onChange }: WatchedDocumentOptions) {
    this.#client = client;
    this.#reflector = new Reflector({
      api,
      clock,
      random,
      collection: { apiVersion: "v1", kind: "ConfigMap", ...configMap },
      metadataOnly: true,
      maxAge: watchAge,
      onChange: () => {
        if (!this.#isCurrent()) onChange();
      },
    });
  }

  /** What was last read or written; undefined when there is none, or when that is in doubt. */
  get held(): StoredDocument | undefined {
    return this.#held;
  }

  /** Follows the ConfigMap until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#reflector.run(signal);
  }

  /** Undefined: there is none. Rejects with an ApiError. */
  async read(signal: AbortSignal): Promise<StoredDocument | undefined> {
    if (this.#held && this.#isCurrent()) return this.#held;
    this.#held = await this.#client.read(signal);
    return this.#held;
  }

  /** This was written. */
  wrote(stored: StoredDocument): void {
    this.#held = stored;
  }

  /** A write without an answer may have taken place: the next look reads. */
  doubt(): void {
    this.#held = undefined;
  }

  /** True when the watch, alive, shows the very version that is held here. */
  #isCurrent(): boolean {
    const watched = [...this.#reflector.items().values()][0]?.metadata.resourceVersion;
    return watched === this.#held?.resourceVersion && this.#reflector.age() < freshness;
  }
}
