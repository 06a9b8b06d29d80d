import type { Collection } from "./Collection.ts";
import type { KubeObject } from "./KubeObject.ts";
import type { ObjectReference } from "./ObjectReference.ts";
import type { Patch } from "./Patch.ts";
import type { WatchEvent } from "./WatchEvent.ts";

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the call fails with reason Timeout; 10,000 unless told otherwise. */
  readonly deadline?: number;
}

export interface WriteOptions extends CallOptions {
  readonly fieldManager?: string;
  readonly dryRun?: boolean;
}

export interface ReadOptions extends CallOptions {
  /** Only apiVersion, kind and metadata come (PartialObjectMetadata). */
  readonly metadataOnly?: boolean;
}

export interface ListOptions extends ReadOptions {
  /** `"0"`: whatever the server's cache holds, cheap and possibly old. Absent: the newest. */
  readonly resourceVersion?: string;
}

export interface DeleteOptions extends CallOptions {
  /** Delete only this very object. */
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Of a pod: 0 removes it at once, without its kubelet's word. */
  readonly gracePeriodSeconds?: number;
}

export interface KubeList<T extends KubeObject> {
  /** Where a watch goes on; `""` where there is none: one object, read by its name. */
  readonly resourceVersion: string;
  readonly items: readonly T[];
}

export interface WatchOptions extends ReadOptions {
  /** Events after this one. `""`: first the present state, as ADDED events, then what changes. */
  readonly resourceVersion: string;
  /** Seconds after which the server ends the watch in good order; a bookmark comes shortly before. */
  readonly timeoutSeconds: number;
  /** Milliseconds without any event after which the watch ends as `silent`. */
  readonly maxSilence: number;
}

export interface TokenRequest {
  readonly audiences?: readonly string[];
  readonly expirationSeconds?: number;
  readonly boundPod?: { readonly name: string; readonly uid: string };
}

/**
 * The Kubernetes API, as this project uses it: plain objects in, plain objects out.
 * Every call ends with its signal or its deadline and rejects with an ApiError, or with the signal's reason when the
 * caller aborted. Nothing is retried here. Objects that come back must not be changed.
 */
export interface KubeApi {
  get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T>;
  list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>>;
  /** Never throws: the last event is ENDED and says why. Bookmarks are asked for. */
  watch<T extends KubeObject>(collection: Collection, options: WatchOptions): AsyncIterable<WatchEvent<T>>;
  create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T>;
  /** Replaces the object; its metadata.resourceVersion, when given, must still be the stored one (409 Conflict). */
  update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T>;
  patch<T extends KubeObject>(reference: ObjectReference, patch: Patch, options: WriteOptions): Promise<T>;
  delete(reference: ObjectReference, options: DeleteOptions): Promise<void>;
  /** The Eviction subresource of a pod: 429 when a PodDisruptionBudget forbids it now. */
  evict(pod: { readonly namespace: string; readonly name: string }, options: WriteOptions): Promise<void>;
  /** The token subresource of a service account. */
  createToken(
    serviceAccount: { readonly namespace: string; readonly name: string },
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }>;
}
