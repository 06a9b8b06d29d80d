/** A Stellar network that validators of a simulated cluster are on. */
export interface SimulatedNetwork {
  /** As peers.json names it. */
  readonly name: string;
  readonly passphrase: string;
  /** As a StellarNode's spec says it. */
  readonly spec: Readonly<Record<string, unknown>>;
}
