/** Why a term of leadership ended. */
export type TenureEnd =
  /** The elector was asked to end. */
  | { readonly reason: "asked" }
  /** The elector was asked to end, and the work did not end in time. */
  | { readonly reason: "abandoned" }
  /** No renewal was confirmed within renewDeadline. */
  | { readonly reason: "overdue" }
  /** The Lease is gone, or its epoch was changed by hand. */
  | { readonly reason: "missing" | "edited" }
  /** Somebody else holds it; empty: it was freed by hand. */
  | { readonly reason: "taken"; readonly holder: string }
  /** The work returned unasked. */
  | { readonly reason: "finished" }
  /** The work threw. */
  | { readonly reason: "failed"; readonly error: unknown };
