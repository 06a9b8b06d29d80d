import { ApiError } from "./ApiError.ts";
import type { WatchEnd } from "./WatchEvent.ts";

export interface WatchReport {
  readonly end: Exclude<WatchEnd, { readonly reason: "aborted" }>;
  /** An event or a bookmark came, or the server closed it in good order after its full term. */
  readonly heard: boolean;
  /** The content is older than it may be. */
  readonly aged: boolean;
  /** It followed a list at once. */
  readonly listed: boolean;
}

export interface AfterWatch {
  readonly next: "watch" | "list";
  /** Wait before the next step, ever longer. */
  readonly pause: boolean;
  readonly failure?: ApiError;
}

/** Answers that say nothing about the resourceVersion that was asked for. */
const resumable = new Set([0, 401, 429, 500, 502, 503]);

/**
 * How to go on after a watch. A watch is resumed where that can work, since a list of everything by every agent after
 * an outage is what an API server can't stand. Watches that end early with nothing said prove nothing: list in the end.
 */
export function planAfterWatch({ end, heard, aged, listed }: WatchReport): AfterWatch {
  if (end.reason === "failed") {
    return { next: resumable.has(end.error.status) ? "watch" : "list", pause: true, failure: end.error };
  }
  if (end.reason === "silent") return { next: "watch", pause: true, failure: silence() };
  // A resumed watch has had its pause; only lists whose version is too old at once are worth another.
  if (end.reason === "expired") return { next: "list", pause: listed && !heard };
  return heard ? { next: "watch", pause: false } : { next: aged ? "list" : "watch", pause: true };
}

function silence(): ApiError {
  return new ApiError({ status: 0, reason: "Timeout", message: "the watch has gone silent" });
}
