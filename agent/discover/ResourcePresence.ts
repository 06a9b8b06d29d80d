import { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";

export interface ResourcePresenceOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly collection: Collection;
  /** False while nobody would act on the answer. */
  readonly needed: () => boolean;
  /** The answer may be another one now. */
  readonly onChange: () => void;
}

/** Milliseconds between two questions while the resource is in doubt, jitter aside. */
const interval = 5_000;

/**
 * Finds out whether a resource is absent from the API, while following it fails. Only a 404 says so; any other error
 * starts the count anew. Asks nothing while the resource is followed without failure.
 */
export class ResourcePresence {
  readonly #options: ResourcePresenceOptions;
  readonly #doubted = new Notifier();
  #doubt = false;
  #missing: { readonly since: number; readonly until: number } | undefined;

  constructor(options: ResourcePresenceOptions) {
    this.#options = options;
  }

  /** Following the resource began to fail. */
  failed(error: ApiError): void {
    this.#doubt = true;
    this.#take(error.status === 404);
    this.#doubted.notify();
  }

  /** The resource is followed again. */
  recovered(): void {
    this.#doubt = false;
    this.#missing = undefined;
  }

  /** Milliseconds from the first to the last of the 404s in an unbroken row; undefined when there is none. */
  missingFor(): number | undefined {
    return this.#missing && this.#missing.until - this.#missing.since;
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, needed } = this.#options;
    for (;;) {
      await this.#doubted.wait(clock, interval * (0.75 + random.next() / 2), signal);
      if (this.#doubt && needed()) await this.#ask(signal);
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { api, collection } = this.#options;
    try {
      await api.list(collection, { signal, metadataOnly: true, resourceVersion: "0" });
      this.#take(false);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      if (this.#doubt) this.#take(error.status === 404);
    }
  }

  #take(missing: boolean): void {
    const now = this.#options.clock.monotonic();
    this.#missing = missing ? { since: this.#missing?.since ?? now, until: now } : undefined;
    this.#options.onChange();
  }
}
