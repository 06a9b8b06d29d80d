import type { Peer } from "./Peer.ts";
import type { Revision } from "./Revision.ts";

/** A published list of validators that has passed its schema. */
export interface PeerDocument {
  readonly revision: Revision;
  readonly peers: readonly Peer[];
  /** SHA-256 of peers.json in hex. */
  readonly hash: string;
}
