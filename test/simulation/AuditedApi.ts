import { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { Lease } from "../../kube/election/Lease.ts";
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
import { fence } from "./fence.ts";
import { peersObjects } from "./peersObjects.ts";
import type { StoredList } from "./Rules.ts";

export interface AuditedApiOptions {
  readonly api: KubeApi;
  /** The pod's identity, as the fence sees it; undefined for who is not fenced. */
  readonly fenced: string | undefined;
  /** A write of the shared list or a copy took place. */
  readonly onList: (before: StoredList | undefined, after: StoredList) => void;
  readonly onLease: (after: Lease) => void;
}

function concerns(object: KubeObject, reference: ObjectReference): boolean {
  const { namespace, name } = object.metadata;
  return object.kind === reference.kind && name === reference.name && namespace === reference.namespace;
}

function isList(object: KubeObject): boolean {
  return object.kind === "ConfigMap" && object.metadata.name === peersObjects.configMap.name;
}

/** The API server as one caller meets it, with its admission policies, and with somebody who watches the writes. */
export class AuditedApi implements KubeApi {
  readonly #api: KubeApi;
  readonly #options: AuditedApiOptions;

  constructor(options: AuditedApiOptions) {
    this.#api = options.api;
    this.#options = options;
  }

  get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T> {
    return this.#api.get<T>(reference, options);
  }

  list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    return this.#api.list<T>(collection, options);
  }

  watch<T extends KubeObject>(collection: Collection, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    return this.#api.watch<T>(collection, options);
  }

  async create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    const made = await this.#api.create(object, options);
    if (isList(made)) this.#options.onList(undefined, made);
    return made;
  }

  async update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    const { namespace, name = "" } = object.metadata;
    const { apiVersion, kind } = object;
    const reference = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    return this.#write<T>(reference, options, (dryRun) =>
      this.#api.update<T>(object, { ...options, dryRun }),
    );
  }

  async patch<T extends KubeObject>(
    reference: ObjectReference,
    patch: Patch,
    options: WriteOptions,
  ): Promise<T> {
    return this.#write<T>(reference, options, (dryRun) =>
      this.#api.patch<T>(reference, patch, { ...options, dryRun }),
    );
  }

  delete(reference: ObjectReference, options: DeleteOptions): Promise<void> {
    return this.#api.delete(reference, options);
  }

  evict(pod: { readonly namespace: string; readonly name: string }, options: WriteOptions): Promise<void> {
    return this.#api.evict(pod, options);
  }

  createToken(
    serviceAccount: { readonly namespace: string; readonly name: string },
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }> {
    return this.#api.createToken(serviceAccount, request, options);
  }

  async #write<T extends KubeObject>(
    reference: ObjectReference,
    options: WriteOptions,
    act: (dryRun: boolean) => Promise<T>,
  ): Promise<T> {
    const { fenced, onLease, onList } = this.#options;
    const before = await this.#find<KubeObject>(reference, options);
    if (fenced !== undefined && before) await this.#admit(fenced, before, await act(true), options);
    const after = await act(false);
    if (isList(after)) onList(before, after);
    if (concerns(after, peersObjects.lease)) onLease(after);
    return after;
  }

  async #admit(caller: string, before: KubeObject, after: KubeObject, options: CallOptions): Promise<void> {
    if (concerns(before, peersObjects.lease)) fence.lease(caller, before, after);
    if (!concerns(before, peersObjects.configMap)) return;
    const lease = await this.#find<Lease>(peersObjects.lease, options);
    fence.publication(caller, before, after, lease);
  }

  async #find<T extends KubeObject>(
    reference: ObjectReference,
    { signal }: CallOptions,
  ): Promise<T | undefined> {
    try {
      return await this.#api.get<T>(reference, { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }
}
