import type { Collection } from "../../kube/Collection.ts";
import { ApiError } from "../../kube/ApiError.ts";
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
import type { WatchEnd, WatchEvent } from "../../kube/WatchEvent.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Admission } from "./Admission.ts";
import { ObjectService } from "./ObjectService.ts";
import type { JsonObject } from "./JsonObject.ts";
import { metadataOf } from "./metadataOf.ts";
import type { TokenUser } from "./ServiceAccountTokens.ts";
import type { StoredObject } from "./StoredObject.ts";
import type { StoreWatch } from "./StoreWatch.ts";
import type { ValidatingAdmission } from "./ValidatingAdmission.ts";
import { WebhookAdmission } from "./WebhookAdmission.ts";

export interface MemoryApiOptions {
  readonly clock: Clock;
  /** What pods pass before they are created; mutating webhooks unless told otherwise. */
  readonly admission?: Admission;
  /** Has the last word on each write; there is none unless told otherwise. */
  readonly validate?: ValidatingAdmission;
}

interface NamedInNamespace {
  readonly namespace: string;
  readonly name: string;
}

/**
 * A Kubernetes API server in memory, for an administrator: no RBAC, no validation beyond names, no admission but
 * mutating webhooks for pods (so pods need no service account) and what it is given as `validate`, and of all controllers
 * only what empties a namespace. It waits on nothing but the clock and admission, and makes no random choices: the same
 * calls give the same objects, tokens excepted. Objects are frozen.
 */
export class MemoryApi implements KubeApi {
  readonly #objects: ObjectService;

  constructor(options: MemoryApiOptions) {
    const { clock, admission = new WebhookAdmission(clock), validate = () => undefined } = options;
    this.#objects = new ObjectService(clock, admission, validate);
  }

  get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T> {
    return this.#get(reference, options);
  }

  async list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    options.signal.throwIfAborted();
    return shownList(this.#objects.list(collection, options.resourceVersion ?? ""), options);
  }

  async *watch<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent<T>, void, undefined> {
    yield { type: "ENDED", end: yield* this.#events<T>(collection, options) };
  }

  async create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    options.signal.throwIfAborted();
    return (await this.#objects.create(object as unknown as JsonObject & T, options)) as KubeObject as T;
  }

  async update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    options.signal.throwIfAborted();
    return this.#objects.update(object as unknown as JsonObject & T, options) as KubeObject as T;
  }

  async patch<T extends KubeObject>(
    reference: ObjectReference,
    patch: Patch,
    options: WriteOptions,
  ): Promise<T> {
    options.signal.throwIfAborted();
    return this.#objects.patch(reference, patch, options) as KubeObject as T;
  }

  async delete(reference: ObjectReference, options: DeleteOptions): Promise<void> {
    options.signal.throwIfAborted();
    this.#objects.delete(reference, options);
  }

  async evict(pod: NamedInNamespace, options: WriteOptions): Promise<void> {
    options.signal.throwIfAborted();
    this.#objects.evict(pod, options);
  }

  async createToken(
    serviceAccount: NamedInNamespace,
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }> {
    options.signal.throwIfAborted();
    return this.#objects.createToken(serviceAccount, request);
  }

  /** Replaces an object's status, as its controller does through the status subresource. */
  async setStatus<T extends KubeObject>(
    reference: ObjectReference,
    status: unknown,
    options: WriteOptions,
  ): Promise<T> {
    options.signal.throwIfAborted();
    return this.#objects.setStatus(reference, status, options) as KubeObject as T;
  }

  /** Of the newest write. */
  get version(): number {
    return this.#objects.version;
  }

  /** What reads showed at that version; the oldest that is remembered, where it is older. */
  asOf(version: number): Pick<KubeApi, "get" | "list"> {
    return {
      get: (reference, options) => this.#get(reference, options, version),
      list: async (collection, options) => {
        options.signal.throwIfAborted();
        return shownList(this.#objects.listAsOf(collection, version), options);
      },
    };
  }

  /** Whose token this is; undefined for one that is unknown, has expired, or whose pod has gone. */
  authenticate(token: string): TokenUser | undefined {
    return this.#objects.authenticate(token);
  }

  /** Forgets the history up to now: watches from older versions end as expired. */
  expire(): void {
    this.#objects.expire();
  }

  async #get<T extends KubeObject>(
    reference: ObjectReference,
    options: ReadOptions,
    version?: number,
  ): Promise<T> {
    options.signal.throwIfAborted();
    return shown(this.#objects.get(reference, version), options) as T;
  }

  async *#events<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent<T>, WatchEnd, undefined> {
    if (options.signal.aborted) return { reason: "aborted" };
    try {
      return yield* this.#shownEvents<T>(this.#objects.watch(collection, options), options);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.status === 410 ? { reason: "expired" } : { reason: "failed", error };
    }
  }

  async *#shownEvents<T extends KubeObject>(
    watch: StoreWatch,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent<T>, WatchEnd, undefined> {
    const sending = watch.run();
    try {
      for (let sent = await sending.next(); ; sent = await sending.next()) {
        if (sent.done) return sent.value;
        const event = sent.value;
        if (event.type === "BOOKMARK") yield event;
        else yield { type: event.type, object: shown(event.object, options) as T };
      }
    } finally {
      // A consumer that leaves early ends the watch.
      await sending.return({ reason: "aborted" });
    }
  }
}

function shown(object: StoredObject, { metadataOnly = false }: ReadOptions): KubeObject {
  return metadataOnly ? metadataOf(object) : object;
}

function shownList<T extends KubeObject>(
  { resourceVersion, items }: KubeList<StoredObject>,
  options: ReadOptions,
): KubeList<T> {
  return { resourceVersion, items: items.map((item) => shown(item, options) as T) };
}
