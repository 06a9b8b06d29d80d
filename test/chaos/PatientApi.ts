import { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type {
  CallOptions,
  DeleteOptions,
  KubeApi,
  KubeList,
  ListOptions,
  ReadOptions,
  TokenRequest,
  WatchOptions,
  WriteOptions,
} from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import type { Patch } from "../../kube/Patch.ts";
import type { WatchEvent } from "../../kube/WatchEvent.ts";
import { systemClock } from "../../runtime/systemClock.ts";

/** Milliseconds between two tries. */
const pause = 500;

/**
 * The API for those who stand in for the rest of a cluster: what fails because the server is away is tried again until
 * the caller has had enough, as controllers do.
 */
export class PatientApi implements KubeApi {
  readonly #api: KubeApi;

  constructor(api: KubeApi) {
    this.#api = api;
  }

  get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T> {
    return this.#persist(options, () => this.#api.get<T>(reference, options));
  }

  list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    return this.#persist(options, () => this.#api.list<T>(collection, options));
  }

  watch<T extends KubeObject>(collection: Collection, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    return this.#api.watch<T>(collection, options);
  }

  /** One that was there after a failed try is taken for the one that was made. */
  async create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    let tries = 0;
    try {
      return await this.#persist(options, () => {
        tries += 1;
        return this.#api.create(object, options);
      });
    } catch (error) {
      if (tries === 1 || !(error instanceof ApiError && error.reason === "AlreadyExists")) throw error;
      const { apiVersion, kind, metadata } = object;
      const { namespace, name = "" } = metadata;
      return this.get<T>({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }, options);
    }
  }

  update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#persist(options, () => this.#api.update(object, options));
  }

  patch<T extends KubeObject>(reference: ObjectReference, patch: Patch, options: WriteOptions): Promise<T> {
    return this.#persist(options, () => this.#api.patch<T>(reference, patch, options));
  }

  delete(reference: ObjectReference, options: DeleteOptions): Promise<void> {
    return this.#persist(options, () => this.#api.delete(reference, options));
  }

  evict(pod: { readonly namespace: string; readonly name: string }, options: WriteOptions): Promise<void> {
    return this.#persist(options, () => this.#api.evict(pod, options));
  }

  createToken(
    serviceAccount: { readonly namespace: string; readonly name: string },
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }> {
    return this.#persist(options, () => this.#api.createToken(serviceAccount, request, options));
  }

  async #persist<T>({ signal }: CallOptions, act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ApiError && error.transient)) throw error;
        await systemClock.sleep(pause, signal);
      }
    }
  }
}
