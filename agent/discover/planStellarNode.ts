import type { Peer } from "../../contract/Peer.ts";
import { checkNetwork } from "./checkNetwork.ts";
import { findEndpoints } from "./findEndpoints.ts";
import { isValidator } from "./isValidator.ts";
import { makePeer } from "./makePeer.ts";
import type { ObservedNode } from "./ObservedNode.ts";
import type { ObservedSlice } from "./ObservedSlice.ts";
import { resolveAdvertisedAddress } from "./resolveAdvertisedAddress.ts";

/** Core's PEER_PORT unless configured otherwise (stellar-core 27.1, Config.cpp). */
const defaultPeerPort = 11_625;

export type NodePlan = readonly Peer[] | { readonly reason: string; readonly detail: string };

/**
 * The entries of one StellarNode, or why it has none. `slices` are those of the Service that bears its name.
 * An advertised address is listed whether or not a pod is behind it now, since somebody vouched for it; its port is
 * the Service's `peer` port where that is known.
 */
export function planStellarNode(node: ObservedNode, slices: readonly ObservedSlice[]): NodePlan {
  const { namespace, name, network } = node;
  if (!isValidator(node.nodeType))
    return { reason: "not-a-validator", detail: `its nodeType is ${JSON.stringify(node.nodeType ?? null)}` };
  if (node.suspended) return { reason: "suspended", detail: "spec.suspended is true" };
  const problem = checkNetwork(network);
  if (problem || !network) return problem ?? { reason: "no-network", detail: "it names no network" };
  const advertised = resolveAdvertisedAddress(node.advertise, node.externalIp);
  if (advertised.use === "none") return advertised;
  const found = findEndpoints(slices);
  if (advertised.use === "pod") {
    if ("reason" in found) return found;
    return found.map((endpoint) => makePeer({ namespace, name, network, ...endpoint }));
  }
  const behind = "reason" in found ? undefined : found[0];
  const port = behind?.port ?? defaultPeerPort;
  return [makePeer({ namespace, name, network, ip: advertised.ip, port, pod: behind?.pod })];
}
