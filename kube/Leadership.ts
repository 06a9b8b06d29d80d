/** What the election tells the rest of the agent. */
export type Leadership =
  | { readonly role: "leading"; readonly epoch: number }
  /** `holder` is the Lease's holderIdentity, empty when nobody holds it. */
  | { readonly role: "following"; readonly holder: string }
  | { readonly role: "unknown" };
