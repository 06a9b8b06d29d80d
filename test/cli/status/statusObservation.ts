import type { AgentReport } from "../../../cli/status/AgentReport.ts";
import type { AgentAnswer } from "../../../cli/status/observeAgents.ts";
import type { PeersConfigMap, StatusObservation } from "../../../cli/status/StatusObservation.ts";
import { annotations } from "../../../contract/annotations.ts";
import { hashPeers } from "../../../contract/hashPeers.ts";
import { labels } from "../../../contract/labels.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";
import { installation } from "../cluster/installation.ts";

export const now = Date.parse("2026-03-01T00:00:10Z");

const peers = [
  { name: "alpha", namespace: "validators", ip: "10.0.0.1" },
  { name: "beta", namespace: "validators", ip: "10.0.0.2" },
].map((peer) => ({
  ...peer,
  nodeType: "Validator",
  port: 11625,
  peerString: `${peer.ip}:11625`,
  network: "testnet",
}));

const peersJson = JSON.stringify(peers);

/** The list with two validators, or a copy of it. */
export function peersConfigMap(namespace: string, revision = "3.7"): PeersConfigMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      namespace,
      name: "stellar-peers",
      annotations: { [annotations.hash]: hashPeers(peersJson) },
    },
    data: { "peers.json": peersJson, revision },
  };
}

export function stellarNode(name: string, spec: object = { nodeType: "Validator" }): KubeObject {
  const metadata = { namespace: "validators", name };
  return { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode", metadata, spec } as KubeObject;
}

export function namespaceObject(
  name: string,
  own: Readonly<Record<string, string>> = { [labels.injection]: "enabled" },
): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: own } };
}

/** The metadata of a validator's pod. */
export function podObject(name: string, isInjected: boolean, version = "1.2.3"): KubeObject {
  const injected = isInjected ? { [labels.injected]: "true" } : {};
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      namespace: "validators",
      name,
      uid: name,
      labels: { [labels.nodeType]: "Validator", ...injected },
      ...(isInjected ? { annotations: { [annotations.injectedVersion]: version } } : {}),
    },
  };
}

/** Of an agent in good health that has one peer, except for what a test says. */
export function agentAnswer(peer: string, changes: Partial<AgentReport> = {}): AgentAnswer {
  const peerString = `10.0.0.${peer === "alpha" ? 1 : 2}:11625`;
  return {
    state: "seen",
    value: {
      version: "1.2.3",
      leading: false,
      network: "testnet",
      seen: "3.7",
      applied: "3.7",
      confirmed: "3.7",
      core: { verdict: "healthy", reason: "synced", detail: "" },
      peers: [{ namespace: "validators", name: peer, peerString, planned: true, state: "connected" }],
      ...changes,
    },
  };
}

/** A cluster in good health with one enabled namespace, except for what a test says. */
export function statusObservation(changes: Partial<StatusObservation> = {}): StatusObservation {
  const spec = {
    holderIdentity: "validators/alpha-0/uid",
    renewTime: "2026-03-01T00:00:08.000000Z",
    leaseDurationSeconds: 15,
    leaseTransitions: 3,
  };
  const metadata = { namespace: "stellar-system", name: "stellar-peers" };
  return {
    now,
    peersNamespace: "stellar-system",
    peersConfigMap: "stellar-peers",
    peersLease: "stellar-peers",
    discoverySource: "auto",
    settings: parseInjectionSettings({ AGENT_IMAGE: "agent:1" }, "1.2.3").settings,
    installations: { state: "seen", value: [installation()] },
    list: { state: "seen", value: peersConfigMap("stellar-system") },
    lease: { state: "seen", value: { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec } },
    stellarNodes: { state: "seen", value: [stellarNode("alpha"), stellarNode("beta")] },
    endpointSlices: { state: "seen", value: [] },
    namespaces: { state: "seen", value: [namespaceObject("validators")] },
    copies: { state: "seen", value: [peersConfigMap("stellar-system"), peersConfigMap("validators")] },
    pods: { state: "seen", value: [podObject("alpha-0", true), podObject("beta-0", true)] },
    agents: new Map([
      ["validators/alpha-0", agentAnswer("beta", { leading: true })],
      ["validators/beta-0", agentAnswer("alpha")],
    ]),
    ...changes,
  };
}
