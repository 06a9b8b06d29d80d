import type { Peer } from "../../contract/Peer.ts";

/** What an agent knows of its own validator. */
export interface OwnIdentity {
  readonly namespace: string;
  readonly pod: string;
  /** Empty where it is not known. */
  readonly ip: string;
  readonly peerPort: number;
}

/**
 * True for an entry that stands for this agent's own validator: the same namespace and pod, or the same address and
 * port. Where the entry names no pod, its name is the pod's, or the StatefulSet's, which has one pod NAME-0 (a
 * Validator has one replica).
 */
export function isOwnEntry(peer: Peer, self: OwnIdentity): boolean {
  if (peer.ip === self.ip && peer.port === self.peerPort) return true;
  if (peer.namespace !== self.namespace) return false;
  if (peer.pod !== undefined) return peer.pod === self.pod;
  return peer.name === self.pod || `${peer.name}-0` === self.pod;
}
