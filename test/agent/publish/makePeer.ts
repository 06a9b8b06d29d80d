import type { Peer } from "../../../contract/Peer.ts";

/** Validator `vINDEX` at 10.0.x.y. */
export function makePeer(index: number, network = "testnet"): Peer {
  const ip = `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  return {
    name: `v${String(index).padStart(3, "0")}`,
    namespace: "validators",
    nodeType: "Validator",
    ip,
    port: 11_625,
    peerString: `${ip}:11625`,
    network,
  };
}
