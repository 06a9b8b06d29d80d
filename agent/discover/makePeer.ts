import type { Peer } from "../../contract/Peer.ts";
import type { ObservedNetwork } from "./ObservedNetwork.ts";

export interface PeerParts {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  readonly pod: string | undefined;
  readonly network: ObservedNetwork;
}

/** A discovered validator as peers.json lists it. */
export function makePeer({ namespace, name, ip, port, pod, network }: PeerParts): Peer {
  return {
    name,
    namespace,
    nodeType: "Validator",
    ip,
    port,
    peerString: `${ip}:${port}`,
    network: network.name,
    ...(network.passphrase === undefined ? {} : { networkPassphrase: network.passphrase }),
    ...(pod === undefined ? {} : { pod }),
  };
}
