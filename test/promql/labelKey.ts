import type { Labels } from "./Sample.ts";

/** The same labels give the same key, in whatever order they stand. */
export function labelKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
