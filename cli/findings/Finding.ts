import type { FindingCode } from "./findingCodes.ts";

/** Something to say about a cluster, and what to do about it. */
export interface Finding {
  /** `problem`: something does not work. `warning`: it may not, or not for long. `note`: good to know. */
  readonly severity: "problem" | "warning" | "note";
  readonly code: FindingCode;
  /** What was found, where. */
  readonly detail: string;
  /** A sentence or a command; absent when there is nothing to do. */
  readonly action?: string;
}
