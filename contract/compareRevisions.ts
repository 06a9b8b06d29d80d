import type { Revision } from "./Revision.ts";

/** Negative when `a` is older than `b`, 0 when they are the same; as integers, epoch first. */
export function compareRevisions(a: Revision, b: Revision): number {
  return a.epoch - b.epoch || a.sequence - b.sequence;
}
