import { planDialing } from "../../../agent/apply/planDialing.ts";
import type { AgentReport } from "../../../cli/status/AgentReport.ts";
import type { AgentAnswer } from "../../../cli/status/observeAgents.ts";
import type { StatusObservation, StellarNode } from "../../../cli/status/StatusObservation.ts";
import { annotations } from "../../../contract/annotations.ts";
import { hashPeers } from "../../../contract/hashPeers.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { statusObservation } from "../status/statusObservation.ts";

function makePeer(network: string, index: number): Peer {
  const name = `${network === "mainnet" ? "core" : "test"}-${String(index).padStart(3, "0")}`;
  const ip = `10.${network === "mainnet" ? 1 : 2}.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  const namespace = index % 7 === 6 ? "partners" : "validators";
  const peer = {
    name,
    namespace,
    nodeType: "Validator",
    ip,
    port: 11625,
    peerString: `${ip}:11625`,
    network,
  };
  return { ...peer, pod: `${name}-0` };
}

function reportOf(self: Peer, all: readonly Peer[], index: number): AgentReport {
  const others = all.filter((peer) => peer !== self && peer.network === self.network);
  const planned = new Set(planDialing({ self, others, maxDialed: 8 }));
  const ill = index % 9 === 4;
  return {
    version: "1.2.3",
    leading: index === 0,
    network: self.network,
    seen: ill ? "3.6" : "3.7",
    applied: "3.6",
    confirmed: "3.6",
    core: ill
      ? { verdict: "unhealthy", reason: "state", detail: "the state is Catching up" }
      : { verdict: "healthy", reason: "synced", detail: "" },
    peers: others
      .filter((peer) => planned.has(peer))
      .map(({ namespace, name, peerString }, position) => ({
        namespace,
        name,
        peerString,
        planned: true,
        state: ill && position < 2 ? "unreached" : "connected",
      })),
  };
}

function stellarNodeIn(namespace: string, name: string): StellarNode {
  const metadata = { namespace, name };
  return {
    apiVersion: "stellar.org/v1alpha1",
    kind: "StellarNode",
    metadata,
    spec: { nodeType: "Validator" },
  };
}

/** A fleet with this many validators on mainnet and testnet, some of them not well, by a rule. */
export function fleetObservation(mainnet: number, testnet: number): StatusObservation {
  const make = (network: string, count: number): Peer[] =>
    Array.from({ length: count }, (_, index) => makePeer(network, index));
  const peers = [...make("mainnet", mainnet), ...make("testnet", testnet)];
  const data: Readonly<Record<string, string>> = { ...renderPeers(peers), revision: "3.7" };
  const metadata = {
    namespace: "stellar-system",
    name: "stellar-peers",
    annotations: { [annotations.hash]: hashPeers(data["peers.json"] ?? "") },
  };
  const agents = peers.map((peer, index): [string, AgentAnswer] => [
    `${peer.namespace}/${peer.pod ?? ""}`,
    index % 11 === 5
      ? { state: "unreachable", detail: "no route to host" }
      : { state: "seen", value: reportOf(peer, peers, index) },
  ]);
  const list = { apiVersion: "v1", kind: "ConfigMap", metadata, data };
  const copy = { ...list, metadata: { ...metadata, namespace: "validators" } };
  return statusObservation({
    list: { state: "seen", value: list },
    copies: { state: "seen", value: [list, copy] },
    stellarNodes: {
      state: "seen",
      value: peers.map(({ name, namespace }) => stellarNodeIn(namespace, name)),
    },
    agents: new Map(agents),
  });
}
