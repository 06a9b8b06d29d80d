/** A network as a StellarNode or a Service's label names it. */
export interface ObservedNetwork {
  /** In lower case. */
  readonly name: string;
  /** Where it is known. */
  readonly passphrase?: string;
}
