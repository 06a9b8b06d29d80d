/** One validator as `peers.json` lists it. */
export interface Peer {
  /** The StellarNode's name, the pod's (source `endpointslices`), or `ip:port` (static peers). */
  readonly name: string;
  /** Empty for static peers, which live in no namespace. */
  readonly namespace: string;
  /** `Validator`, or `External` for static peers. */
  readonly nodeType: string;
  /** Dotted IPv4; Core has nothing else. */
  readonly ip: string;
  readonly port: number;
  /** `ip:port`. */
  readonly peerString: string;
  /** Name of the network in lower case: `mainnet`, `testnet`, … . */
  readonly network: string;
  /** Where it is known. */
  readonly networkPassphrase?: string;
  /** Name of the pod behind the address, where it is known. */
  readonly pod?: string;
}
