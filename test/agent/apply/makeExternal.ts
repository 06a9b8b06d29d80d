import type { Peer } from "../../../contract/Peer.ts";

/** A static peer at 192.0.2.INDEX, as STATIC_PEERS gives it: of no namespace, no pod and no network. */
export function makeExternal(index: number): Peer {
  const ip = `192.0.2.${index}`;
  const peerString = `${ip}:11625`;
  return { name: peerString, namespace: "", nodeType: "External", ip, port: 11_625, peerString, network: "" };
}
