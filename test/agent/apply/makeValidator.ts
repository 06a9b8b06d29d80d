import type { Peer } from "../../../contract/Peer.ts";

/** Validator `vINDEX` of testnet in pod `vINDEX-0` at 10.x.y.z; its peerString follows from address and port. */
export function makeValidator(index: number, differing: Partial<Omit<Peer, "peerString">> = {}): Peer {
  const peer = {
    name: `v${index}`,
    namespace: "validators",
    nodeType: "Validator",
    ip: `10.${Math.floor(index / 65_536)}.${Math.floor(index / 256) % 256}.${index % 256}`,
    port: 11_625,
    network: "testnet",
    pod: `v${index}-0`,
    ...differing,
  };
  return { ...peer, peerString: `${peer.ip}:${peer.port}` };
}
