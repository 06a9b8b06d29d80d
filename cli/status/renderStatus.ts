import { renderFinding } from "../findings/renderFinding.ts";
import { renderTable } from "./renderTable.ts";
import type { AgentStatus, Status } from "./Status.ts";

function facts({ webhooks, list, leader, sources }: Status): readonly (readonly string[])[] {
  const networks = Object.entries(list?.networks ?? {}).map(([network, count]) => `${network} ${count}`);
  const renewal =
    leader?.secondsSinceRenewal === undefined ? "" : `, renewed ${leader.secondsSinceRenewal} s ago`;
  return [
    ...webhooks.map(({ namespace, name, version, availableReplicas, replicas }) => [
      "webhook",
      `${namespace === "" ? name : `${namespace}/${name}`}, version ${version}, ${availableReplicas ?? "?"} of ${replicas ?? "?"} replicas available`,
    ]),
    ["list", list ? `revision ${list.revision}, ${list.peers} peers (${networks.join(", ")})` : "none"],
    ["leader", leader?.holder ? `${leader.holder}, epoch ${leader.epoch}${renewal}` : "none"],
    [
      "sources",
      `${sources.validators ?? "no"} StellarNodes that are validators, ${sources.endpointSlices ?? "no"} EndpointSlices of validators`,
    ],
  ];
}

const agentHeading = [
  "AGENT OF",
  "VERSION",
  "NETWORK",
  "SEEN",
  "APPLIED",
  "CONFIRMED",
  "CORE",
  "PEERS",
  "LAST ERROR",
];

function agentRow(agent: AgentStatus): readonly string[] {
  if (!agent.answers) return [agent.pod, "-", "-", "-", "-", "-", "-", "-", agent.detail];
  const { pod, version, leading, network, seen, applied, confirmed, core, connected, planned, lastError } =
    agent;
  return [
    `${pod}${leading ? " (leads)" : ""}`,
    version,
    network ?? "-",
    seen ?? "-",
    applied ?? "-",
    confirmed ?? "-",
    core.verdict,
    `${connected} of ${planned}`,
    lastError ?? "-",
  ];
}

/** A status for people: problems first. */
export function renderStatus(status: Status): string {
  const { agents, findings, namespaces } = status;
  const rows = namespaces.map(({ name, copy, revision, injectedPods, barePods }) => [
    name,
    copy,
    revision ?? "-",
    String(injectedPods),
    String(barePods),
  ]);
  const heading = ["NAMESPACE", "LIST", "REVISION", "INJECTED PODS", "WITHOUT AGENT"];
  const lines = [
    ...(findings.length === 0 ? ["no problems found"] : findings.flatMap(renderFinding)),
    "",
    ...renderTable(facts(status)),
    "",
    ...(rows.length === 0 ? ["no namespace is enabled"] : renderTable([heading, ...rows])),
    ...(agents.length === 0 ? [] : ["", ...renderTable([agentHeading, ...agents.map(agentRow)])]),
  ];
  return `${lines.join("\n")}\n`;
}
