import type { ApiError } from "../../kube/ApiError.ts";

/** What came of one action. */
export type ProvisionOutcome =
  | { readonly result: "done" }
  /** The cluster has changed since it was planned; the watch brings the news. */
  | { readonly result: "outdated" }
  /** Something that is not ours stands there. */
  | { readonly result: "foreign" }
  | { readonly result: "failed"; readonly error: ApiError };
