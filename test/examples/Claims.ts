/** What the comment above an object of an example says becomes of it. */
export interface Claims {
  /** How its pods are injected, or the reason why they are not. */
  readonly injection: "container" | "native" | { readonly skipped: string } | undefined;
  /** The reason why they are not on servers before 1.29. */
  readonly older: string | undefined;
  /** Address, such as `203.0.113.10:11625`, at which it is listed. */
  readonly address: string | undefined;
  /** Network under which it is listed. */
  readonly network: string | undefined;
  /** The reason why it is left out of the list. */
  readonly omission: string | undefined;
}
