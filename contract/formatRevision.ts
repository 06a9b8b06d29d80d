import type { Revision } from "./Revision.ts";

/** `EPOCH.SEQUENCE`. */
export function formatRevision(revision: Revision): string {
  return `${revision.epoch}.${revision.sequence}`;
}
