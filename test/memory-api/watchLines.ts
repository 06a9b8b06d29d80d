import type { Collection } from "../../kube/Collection.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { WatchEvent } from "../../kube/WatchEvent.ts";
import type { MemoryApi } from "./MemoryApi.ts";
import { refusals } from "./refusals.ts";
import { statusDocument } from "./statusDocument.ts";

export interface WatchQuery {
  readonly collection: Collection;
  readonly resourceVersion: string;
  readonly timeoutSeconds: number;
  readonly bookmarks: boolean;
  readonly fits: (object: KubeObject) => boolean;
  readonly show: (object: KubeObject) => unknown;
  readonly signal: AbortSignal;
}

/** A watch as it goes over the wire: one line of JSON an event, an ERROR in the end where it did not end well. */
export async function* watchLines(
  api: MemoryApi,
  query: WatchQuery,
): AsyncGenerator<string, void, undefined> {
  const { collection, resourceVersion, timeoutSeconds, signal } = query;
  // Whoever is silent is for the client to judge.
  const options = { resourceVersion, timeoutSeconds, maxSilence: Number.POSITIVE_INFINITY, signal };
  for await (const event of api.watch(collection, options)) {
    const line = lineOf(event, query);
    if (line !== undefined) yield JSON.stringify(line);
  }
}

function lineOf(
  event: WatchEvent<KubeObject>,
  { collection, resourceVersion, bookmarks, fits, show }: WatchQuery,
) {
  if (event.type === "BOOKMARK") {
    const { apiVersion, kind } = collection;
    const metadata = { resourceVersion: event.resourceVersion };
    return bookmarks ? { type: event.type, object: { apiVersion, kind, metadata } } : undefined;
  }
  if (event.type !== "ENDED")
    return fits(event.object) ? { type: event.type, object: show(event.object) } : undefined;
  if (event.end.reason === "failed") return { type: "ERROR", object: statusDocument(event.end.error) };
  if (event.end.reason !== "expired") return undefined;
  return { type: "ERROR", object: statusDocument(refusals.expired(resourceVersion, 0)) };
}
