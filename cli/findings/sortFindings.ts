import type { Finding } from "./Finding.ts";

const order = ["problem", "warning", "note"];

/** Problems first; in the given order otherwise. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
