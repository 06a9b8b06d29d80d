import { isIpv4 } from "../contract/isIpv4.ts";
import type { Peer } from "../contract/Peer.ts";
import { parsePort } from "./parsePort.ts";

function parseStaticPeer(peerString: string): Peer | undefined {
  const [ip = "", portText = "", ...rest] = peerString.split(":");
  const port = parsePort(portText);
  if (rest.length > 0 || !isIpv4(ip) || port === undefined || port === 0) return undefined;
  return { name: peerString, namespace: "", nodeType: "External", ip, port, peerString, network: "" };
}

/**
 * Reads `ip:port,ip:port`; undefined if one of them is none. White space around them and empty items are allowed.
 * Their network is empty, which means that of whoever reads the list: nobody says to which network such a peer
 * belongs, and the list has to come out the same whichever agent publishes it.
 */
export function parseStaticPeers(text: string): readonly Peer[] | undefined {
  const items = new Set(text.split(",").map((item) => item.trim()));
  items.delete("");
  const peers = [...items].map(parseStaticPeer);
  return peers.some((peer) => peer === undefined) ? undefined : peers.filter((peer) => peer !== undefined);
}
