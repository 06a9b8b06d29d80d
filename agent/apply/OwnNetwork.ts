/** The network that this agent's validator belongs to, as its own entry in the document says. */
export interface OwnNetwork {
  readonly network: string;
  /** Where it is known: from the entry, or because the network is a public one. */
  readonly passphrase: string | undefined;
}
