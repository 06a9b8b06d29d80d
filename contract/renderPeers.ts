import { comparePeers } from "./comparePeers.ts";
import { configMapKeys } from "./configMapKeys.ts";
import { networkFileName } from "./networkFileName.ts";
import type { Peer } from "./Peer.ts";

/** One JSON object a line with fixed key order, so that a diff of the ConfigMap shows one line a validator. */
function renderLine(peer: Peer): string {
  return JSON.stringify({
    name: peer.name,
    namespace: peer.namespace,
    nodeType: peer.nodeType,
    ip: peer.ip,
    port: peer.port,
    peerString: peer.peerString,
    network: peer.network,
    networkPassphrase: peer.networkPassphrase,
    pod: peer.pod,
  });
}

function lines(peers: readonly Peer[]): string {
  return peers.map((peer) => `${peer.peerString}\n`).join("");
}

/**
 * The ConfigMap's data for these peers, without `revision`.
 * The same peers in any order give the same bytes. Every network in the list has a key of its own.
 */
export function renderPeers(peers: readonly Peer[]): Readonly<Record<string, string>> {
  const sorted = [...peers].sort(comparePeers);
  const data: Record<string, string> = {
    [configMapKeys.peersJson]: sorted.length === 0 ? "[]\n" : `[\n${sorted.map(renderLine).join(",\n")}\n]\n`,
    [configMapKeys.peersTxt]: lines(sorted),
    [configMapKeys.peerCount]: String(sorted.length),
  };
  for (const network of [...new Set(sorted.map((peer) => peer.network))].sort()) {
    data[networkFileName(network)] = lines(sorted.filter((peer) => peer.network === network));
  }
  return data;
}
