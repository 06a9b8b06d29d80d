import { comparePeers } from "../../contract/comparePeers.ts";
import type { Peer } from "../../contract/Peer.ts";
import type { Omission, Picture } from "../Picture.ts";
import { firstOfEach } from "./firstOfEach.ts";
import type { Observation } from "./Observation.ts";
import type { ObservedNode } from "./ObservedNode.ts";
import type { ObservedSlice } from "./ObservedSlice.ts";
import { planService } from "./planService.ts";
import { planStellarNode } from "./planStellarNode.ts";
import type { NodePlan } from "./planStellarNode.ts";

interface Owner {
  readonly namespace: string;
  readonly name: string;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareOwners(a: Owner, b: Owner): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

function compareSlices(a: ObservedSlice, b: ObservedSlice): number {
  return (
    compareText(a.namespace, b.namespace) || compareText(a.service, b.service) || compareText(a.name, b.name)
  );
}

/** By `namespace/service`, in that order; the slices of each by name. */
function groupByService(slices: readonly ObservedSlice[]): Map<string, ObservedSlice[]> {
  const groups = new Map<string, ObservedSlice[]>();
  for (const slice of [...slices].sort(compareSlices)) {
    const key = `${slice.namespace}/${slice.service}`;
    const group = groups.get(key);
    if (group) group.push(slice);
    else groups.set(key, [slice]);
  }
  return groups;
}

function planNodes(
  nodes: readonly ObservedNode[],
  slices: readonly ObservedSlice[],
): readonly (readonly [Owner, NodePlan])[] {
  const services = groupByService(slices);
  return nodes.map((node) => [
    node,
    planStellarNode(node, services.get(`${node.namespace}/${node.name}`) ?? []),
  ]);
}

/** Services that advertise an address come first: for a pod that several Services share, theirs counts. */
function planServices(slices: readonly ObservedSlice[]): readonly (readonly [Owner, NodePlan])[] {
  const advertises = (group: readonly ObservedSlice[]): number =>
    group.some((slice) => slice.advertise !== undefined) ? 0 : 1;
  const groups = [...groupByService(slices).values()].sort((a, b) => advertises(a) - advertises(b));
  return groups.map((group) => {
    const { namespace, service } = group[0] ?? { namespace: "", service: "" };
    return [{ namespace, name: service }, planService(group)];
  });
}

/** A pod behind two Services is one validator; with advertised addresses, pods may come to share one entry. */
function mergePods(peers: readonly Peer[]): readonly Peer[] {
  const byPod = firstOfEach(
    peers,
    (peer) => `${peer.namespace}/${peer.pod ?? `${peer.name}/${peer.peerString}`}`,
  );
  return firstOfEach(byPod, (peer) => `${peer.namespace}/${peer.peerString}`);
}

/**
 * The wanted list, and a reason for every StellarNode (or Service) that is not in it: a function of the observation
 * alone, whatever the order of its parts. Peers come in the document's order, omissions by namespace and name.
 * A static peer at the address of a discovered one is that one.
 */
export function planPeers({ nodes, slices, staticPeers }: Observation): Picture {
  const plans = nodes ? planNodes(nodes, slices) : planServices(slices);
  const planned: Peer[] = [];
  const omissions: Omission[] = [];
  for (const [{ namespace, name }, plan] of plans) {
    if ("reason" in plan) omissions.push({ namespace, name, reason: plan.reason, detail: plan.detail });
    else planned.push(...plan);
  }
  const discovered = nodes ? planned : mergePods(planned);
  const known = new Set(discovered.map((peer) => peer.peerString));
  const others = firstOfEach(staticPeers, (peer) => peer.peerString).filter(
    (peer) => !known.has(peer.peerString),
  );
  return { peers: [...discovered, ...others].sort(comparePeers), omissions: omissions.sort(compareOwners) };
}
