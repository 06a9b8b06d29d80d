import { ApiError } from "../../kube/ApiError.ts";
import { compareResourceVersions } from "../../kube/compareResourceVersions.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import { backoffDelay } from "../../runtime/backoffDelay.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Random } from "../../runtime/Random.ts";

export interface ContentFetchOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly configMap: Required<Pick<ObjectReference, "namespace" | "name">>;
}

/** A ConfigMap's content, and the version that it is of. */
export interface FetchedContent {
  readonly data: Readonly<Record<string, string>>;
  readonly resourceVersion: string;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

const retry = { initial: 500, maximum: 30_000 };

/** Fetches the content of a ConfigMap of which a watch shows the metadata; after failures ever later. */
export class ContentFetch {
  readonly #options: ContentFetchOptions;
  #failures = 0;
  #nextAt = -Infinity;

  constructor(options: ContentFetchOptions) {
    this.#options = options;
  }

  /** Milliseconds until the next try is due; 0 when it is. */
  wait(): number {
    return Math.max(0, this.#nextAt - this.#options.clock.monotonic());
  }

  /**
   * The content of this version or a newer one; undefined when it could not be had. An answer that is older than what
   * the watch has shown is from a server behind the others: taken for this version, it would stay for good.
   */
  async fetch(shown: string, signal: AbortSignal): Promise<FetchedContent | undefined> {
    const { api, configMap } = this.#options;
    const reference = { apiVersion: "v1", kind: "ConfigMap", ...configMap };
    try {
      const { metadata, data = {} } = await api.get<ConfigMap>(reference, { signal });
      const { resourceVersion = "" } = metadata;
      if ((compareResourceVersions(resourceVersion, shown) ?? 0) < 0) return this.#postpone(0);
      this.#failures = 0;
      return { data, resourceVersion };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      return this.#postpone(error.retryAfter ?? 0);
    }
  }

  #postpone(retryAfter: number): undefined {
    const { clock, random } = this.#options;
    const delay = Math.max(backoffDelay(retry, this.#failures, random), retryAfter);
    this.#failures += 1;
    this.#nextAt = clock.monotonic() + delay;
    return undefined;
  }
}
