import { ApiError } from "./ApiError.ts";
import { asKind } from "./asKind.ts";
import type { Collection } from "./Collection.ts";
import type { KubeObject } from "./KubeObject.ts";
import { statusError } from "./statusError.ts";
import type { WatchEvent } from "./WatchEvent.ts";

type Change = Exclude<WatchEvent<KubeObject>["type"], "ENDED">;

const types: ReadonlySet<string> = new Set<Change>(["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]);

/** One line of a watch (meta/v1 WatchEvent): an event, or the error that the server ends it with. Throws SyntaxError. */
export function readWatchLine(
  line: string,
  collection: Collection,
): Exclude<WatchEvent<KubeObject>, { readonly type: "ENDED" }> | ApiError {
  const parsed = JSON.parse(line) as { readonly type?: string; readonly object?: KubeObject } | null;
  const { type, object } = parsed ?? {};
  if (type === "ERROR") return statusError(200, JSON.stringify(object ?? null));
  if (!type || !types.has(type) || !object?.metadata) {
    return new ApiError({
      status: 0,
      reason: "InvalidAnswer",
      message: `a watch sent ${line.slice(0, 200)}`,
    });
  }
  if (type === "BOOKMARK") return { type, resourceVersion: object.metadata.resourceVersion ?? "" };
  return { type: type as Exclude<Change, "BOOKMARK">, object: asKind(object, collection) };
}
