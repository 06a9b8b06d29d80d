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
import type { AuditedCaller, WriteAudit } from "./WriteAudit.ts";

/** The API server as one caller meets it, with its admission policies, and with somebody who watches the writes. */
export class AuditedApi implements KubeApi {
  readonly #api: KubeApi;
  readonly #audit: WriteAudit;
  readonly #caller: AuditedCaller;

  constructor(api: KubeApi, audit: WriteAudit, caller: AuditedCaller) {
    this.#api = api;
    this.#audit = audit;
    this.#caller = caller;
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

  create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#audit.as(this.#caller, () => this.#api.create(object, options));
  }

  update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#audit.as(this.#caller, () => this.#api.update(object, options));
  }

  patch<T extends KubeObject>(reference: ObjectReference, patch: Patch, options: WriteOptions): Promise<T> {
    return this.#audit.as(this.#caller, () => this.#api.patch<T>(reference, patch, options));
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
}
