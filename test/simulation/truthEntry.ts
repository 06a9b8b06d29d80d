import type { Peer } from "../../contract/Peer.ts";

/** A listed validator as one text, for comparing. */
export function truthEntry({
  namespace,
  name,
  peerString,
  network,
}: Pick<Peer, "namespace" | "name" | "peerString" | "network">): string {
  return `${namespace}/${name}@${peerString}#${network}`;
}
