import type { Peer } from "../../contract/Peer.ts";

export interface PeerChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly addedCount: number;
  readonly removedCount: number;
}

/** Names in one log line; the counts say the rest. */
const maxNames = 10;

function describe(peer: Peer): string {
  const owner = peer.namespace === "" ? "" : `${peer.namespace}/${peer.name}@`;
  return `${owner}${peer.peerString}`;
}

/** What changed between two lists, for a log line; a validator whose address changed is both removed and added. */
export function describeChange(before: readonly Peer[], after: readonly Peer[]): PeerChange {
  const old = new Set(before.map(describe));
  const next = new Set(after.map(describe));
  const added = [...next].filter((name) => !old.has(name));
  const removed = [...old].filter((name) => !next.has(name));
  return {
    added: added.slice(0, maxNames),
    removed: removed.slice(0, maxNames),
    addedCount: added.length,
    removedCount: removed.length,
  };
}
