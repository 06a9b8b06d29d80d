import type { Peer } from "../../contract/Peer.ts";
import { checkNetwork } from "./checkNetwork.ts";
import { findEndpoints } from "./findEndpoints.ts";
import { isValidator } from "./isValidator.ts";
import { makePeer } from "./makePeer.ts";
import type { ObservedSlice } from "./ObservedSlice.ts";
import { resolveAdvertisedAddress } from "./resolveAdvertisedAddress.ts";
import type { NodePlan } from "./planStellarNode.ts";

function first<T>(
  slices: readonly ObservedSlice[],
  pick: (slice: ObservedSlice) => T | undefined,
): T | undefined {
  return slices.map(pick).find((value) => value !== undefined);
}

/**
 * The entries of one Service, known by its slices only, which must come sorted by name; or why it has none.
 * Each takes its pod's name; without a pod (slices written by hand) the Service's.
 * A Service without the label `stellar.org/node-type` was selected by other means and counts as a validator's.
 */
export function planService(slices: readonly ObservedSlice[]): NodePlan {
  const nodeType = first(slices, (slice) => slice.nodeType);
  if (nodeType !== undefined && !isValidator(nodeType))
    return {
      reason: "not-a-validator",
      detail: `its label stellar.org/node-type is ${JSON.stringify(nodeType)}`,
    };
  const network = first(slices, (slice) => slice.network);
  const problem = checkNetwork(network);
  if (problem || !network) return problem ?? { reason: "no-network", detail: "it names no network" };
  const advertised = resolveAdvertisedAddress(
    first(slices, (slice) => slice.advertise),
    undefined,
  );
  if (advertised.use === "none") return advertised;
  const found = findEndpoints(slices);
  if ("reason" in found) return found;
  const { namespace, service } = slices[0] ?? { namespace: "", service: "" };
  return found.map(({ ip, port, pod }): Peer => {
    const dialed = advertised.use === "address" ? advertised.ip : ip;
    return makePeer({ namespace, name: pod ?? service, network, ip: dialed, port, pod });
  });
}
