import type { Peer } from "../contract/Peer.ts";

/** Why a validator is not in the list. */
export interface Omission {
  readonly namespace: string;
  readonly name: string;
  /** A code such as `suspended`, `not-a-validator`, `no-service`, `no-address`, `ipv6-only`, `terminating`. */
  readonly reason: string;
  readonly detail: string;
}

/** One agent's own view of the validators, as the API shows them. */
export interface Picture {
  readonly peers: readonly Peer[];
  readonly omissions: readonly Omission[];
}
