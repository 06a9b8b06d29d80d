import type { ApiError } from "./ApiError.ts";
import type { KubeObject } from "./KubeObject.ts";

/** Why a watch ended. */
export type WatchEnd =
  /** The server closed it in good order, as it does at timeoutSeconds. */
  | { readonly reason: "closed" }
  /** 410: the resourceVersion is too old; list again. */
  | { readonly reason: "expired" }
  /** Nothing was heard within the time given: it counts as dead. */
  | { readonly reason: "silent" }
  /** It could not be opened or broke. */
  | { readonly reason: "failed"; readonly error: ApiError }
  /** The caller's signal. */
  | { readonly reason: "aborted" };

export type WatchEvent<T extends KubeObject> =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: T }
  /** All up to this resourceVersion has been sent. */
  | { readonly type: "BOOKMARK"; readonly resourceVersion: string }
  /** Always the last one. */
  | { readonly type: "ENDED"; readonly end: WatchEnd };
