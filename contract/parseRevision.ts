import type { Revision } from "./Revision.ts";

/** Reads `EPOCH.SEQUENCE`, two safe non-negative integers; surrounding white space is allowed, all else is undefined. */
export function parseRevision(text: string): Revision | undefined {
  const match = /^(0|[1-9]\d{0,15})\.(0|[1-9]\d{0,15})$/.exec(text.trim());
  if (!match) return undefined;
  const revision = { epoch: Number(match[1]), sequence: Number(match[2]) };
  return Number.isSafeInteger(revision.epoch) && Number.isSafeInteger(revision.sequence)
    ? revision
    : undefined;
}
