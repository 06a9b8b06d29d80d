import type { Peer } from "./Peer.ts";

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The document's order: by namespace, then name, then address, by code unit and so the same on every machine. */
export function comparePeers(a: Peer, b: Peer): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name) ||
    compareText(a.peerString, b.peerString)
  );
}
