import type { Peer } from "../../contract/Peer.ts";
import type { AgentReport } from "../status/AgentReport.ts";
import { readList } from "../status/readList.ts";
import type { StatusObservation } from "../status/StatusObservation.ts";
import type { FleetLink, FleetNode, NetworkGraph } from "./FleetGraph.ts";

function idOf({ namespace, name }: Pick<Peer, "namespace" | "name">): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

function reportsOf({ agents }: StatusObservation, peers: readonly Peer[]): ReadonlyMap<string, AgentReport> {
  const byPod = new Map(peers.map((peer) => [`${peer.namespace}/${peer.pod ?? ""}`, idOf(peer)]));
  return new Map(
    [...agents].flatMap(([pod, answer]) => {
      const id = byPod.get(pod);
      return id !== undefined && answer.state === "seen" ? [[id, answer.value] as const] : [];
    }),
  );
}

function nodeOf(peer: Peer, report: AgentReport | undefined): FleetNode {
  const external = peer.namespace === "";
  const healthy = report?.core.verdict === "healthy";
  return {
    id: idOf(peer),
    label: peer.name,
    state: external ? "external" : report === undefined ? "silent" : healthy ? "healthy" : "not-healthy",
    leading: report?.leading ?? false,
  };
}

function linksOf(
  nodes: readonly FleetNode[],
  reports: ReadonlyMap<string, AgentReport>,
): readonly FleetLink[] {
  const known = new Set(nodes.map(({ id }) => id));
  const links = new Map<string, FleetLink>();
  for (const { id } of nodes)
    for (const peer of reports.get(id)?.peers ?? []) {
      const other = idOf(peer);
      const connected = peer.state === "connected";
      if (!known.has(other) || other === id || !(connected || peer.planned)) continue;
      const [from = "", to = ""] = [id, other].toSorted();
      const key = `${from} ${to}`;
      if (connected || !links.has(key))
        links.set(key, { from, to, state: connected ? "connected" : "missing" });
    }
  return [...links].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

/** Who is connected to whom, by network: the published list, with what each agent that answers says of its Core. */
export function planFleetGraph(observation: StatusObservation): readonly NetworkGraph[] {
  const { peers = [] } = readList(observation);
  const reports = reportsOf(observation, peers);
  const networks = [...new Set(peers.map(({ network }) => network))].toSorted();
  return networks.map((network) => {
    const nodes = peers
      .filter((peer) => peer.network === network)
      .map((peer) => nodeOf(peer, reports.get(idOf(peer))));
    return { network, nodes, links: linksOf(nodes, reports) };
  });
}
