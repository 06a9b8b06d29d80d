import type { CoreFailure } from "./CoreApi.ts";

const maxDetail = 200;

/** A CoreFailure; `detail` is cut to 200 characters, as it may quote a body of any length. */
export function coreFailure(reason: CoreFailure["reason"], detail: string): CoreFailure {
  const line = detail.replaceAll(/\s+/g, " ").trim();
  return { ok: false, reason, detail: line.length > maxDetail ? `${line.slice(0, maxDetail)}…` : line };
}
