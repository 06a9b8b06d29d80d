import type { Readable } from "node:stream";
import type { Clock } from "../runtime/Clock.ts";
import { DeadlineError } from "../runtime/DeadlineError.ts";
import { withDeadline } from "../runtime/withDeadline.ts";
import { ApiError } from "./ApiError.ts";
import type { Collection } from "./Collection.ts";
import type { WatchOptions } from "./KubeApi.ts";
import type { KubeHttp, KubeRequest } from "./KubeHttp.ts";
import type { KubeObject } from "./KubeObject.ts";
import { partialMetadata } from "./partialMetadata.ts";
import { readWatchLine } from "./readWatchLine.ts";
import { resourcePath } from "./resourcePath.ts";
import { selectorQuery } from "./selectorQuery.ts";
import { splitLines } from "./splitLines.ts";
import { transportError } from "./transportError.ts";
import type { WatchEnd, WatchEvent } from "./WatchEvent.ts";

export interface WatchMeans {
  readonly http: KubeHttp;
  readonly clock: Clock;
}

/** Bytes of one event: the server takes no request above 3 MiB, and JSON in JSON can be twice as long. */
const lineLimit = 8 * 1024 * 1024;

/**
 * KubeApi.watch over HTTP. A consumer that leaves early ends the request. Throws only UnknownKindError, for a mistake
 * in the program.
 */
export async function* watchCollection<T extends KubeObject>(
  means: WatchMeans,
  collection: Collection,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  const request = watchRequest(collection, options);
  const stop = new AbortController();
  let end: WatchEnd | undefined;
  try {
    const response = await means.http.stream(request, { ...options, stop });
    end = yield* readEvents<T>(means.clock, response.body, collection, options);
  } catch (error) {
    end = endOf(error, options.signal);
  } finally {
    stop.abort();
  }
  if (end.reason === "silent") means.http.doubt();
  yield { type: "ENDED", end };
}

async function* readEvents<T extends KubeObject>(
  clock: Clock,
  body: Readable,
  collection: Collection,
  { maxSilence, signal }: WatchOptions,
): AsyncGenerator<WatchEvent<T>, WatchEnd, undefined> {
  const lines = splitLines(body, lineLimit);
  for (;;) {
    const line = await withDeadline(clock, maxSilence, signal, () => lines.next());
    if (line.done) return { reason: "closed" };
    if (line.value === "") continue;
    const event = readWatchLine(line.value, collection);
    if (event instanceof ApiError) return failed(event);
    yield event as WatchEvent<T>;
  }
}

function watchRequest(collection: Collection, options: WatchOptions): KubeRequest {
  const { resourceVersion, timeoutSeconds, metadataOnly = false } = options;
  return {
    method: "GET",
    path: resourcePath({ ...collection, name: undefined }),
    query: {
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds,
      ...selectorQuery(collection),
      resourceVersion: resourceVersion === "" ? undefined : resourceVersion,
    },
    ...(metadataOnly && { accept: partialMetadata.object }),
  };
}

function endOf(error: unknown, signal: AbortSignal): WatchEnd {
  if (signal.aborted) return { reason: "aborted" };
  if (error instanceof DeadlineError) return { reason: "silent" };
  return failed(transportError(error));
}

function failed(error: ApiError): WatchEnd {
  return error.status === 410 ? { reason: "expired" } : { reason: "failed", error };
}
