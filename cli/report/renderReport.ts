import { drawFleetGraph } from "../graph/drawFleetGraph.ts";
import { escapeXml } from "../graph/escapeXml.ts";
import type { NetworkGraph } from "../graph/FleetGraph.ts";
import type { AgentStatus, Status } from "../status/Status.ts";
import { renderFindings } from "./renderFindings.ts";
import { reportStyle } from "./reportStyle.ts";

export interface ReportInput {
  readonly status: Status;
  readonly graphs: readonly NetworkGraph[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

type Cell = string | { readonly text: string; readonly tone: "good" | "bad" };

function cell(content: Cell): string {
  return typeof content === "string"
    ? `<td>${escapeXml(content)}</td>`
    : `<td class="${content.tone}">${escapeXml(content.text)}</td>`;
}

function table(heading: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const head = heading.map((text) => `<th scope="col">${escapeXml(text)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

function tone(text: string, good: boolean): Cell {
  return { text, tone: good ? "good" : "bad" };
}

function agentCells(agent: AgentStatus, revision: string | undefined): readonly Cell[] {
  if (!agent.answers)
    return [agent.pod, "", "", "", "", "", tone("does not answer", false), "", agent.detail];
  const {
    applied = "none",
    confirmed = "none",
    connected,
    core,
    network = "",
    planned,
    seen = "none",
  } = agent;
  return [
    `${agent.pod}${agent.leading ? " (leads)" : ""}`,
    agent.version,
    network,
    revision === undefined || seen === revision ? seen : tone(seen, false),
    applied,
    confirmed,
    tone(core.verdict, core.verdict === "healthy"),
    tone(`${connected} of ${planned}`, connected >= planned),
    agent.lastError ?? "",
  ];
}

function facts({ leader, list, sources, webhooks }: Status): readonly (readonly string[])[] {
  const networks = Object.entries(list?.networks ?? {}).map(([network, count]) => `${network} ${count}`);
  return [
    ["list", list ? `revision ${list.revision}, ${list.peers} peers (${networks.join(", ")})` : "none"],
    ["leader", leader?.holder ? `${leader.holder}, epoch ${leader.epoch}` : "none"],
    ...webhooks.map(({ availableReplicas, name, namespace, replicas, version }) => [
      "webhook",
      `${namespace === "" ? name : `${namespace}/${name}`}, version ${version}, ${availableReplicas ?? "?"} of ${replicas ?? "?"} replicas`,
    ]),
    ["sources", `${sources.validators ?? "no"} StellarNodes that are validators`],
  ];
}

/** One page that stands by itself: what is wrong, the facts, each agent, each namespace, and who is connected to whom. */
export function renderReport({ at, graphs, status }: ReportInput): string {
  const { agents, findings, list, namespaces } = status;
  const wrong = findings.filter(({ severity }) => severity !== "note").length;
  const verdict =
    wrong === 0 ? "All is well" : wrong === 1 ? "1 thing is wrong" : `${wrong} things are wrong`;
  const columns = [
    "Agent of",
    "Version",
    "Network",
    "Seen",
    "Applied",
    "Confirmed",
    "Core",
    "Peers",
    "Last error",
  ];
  const namespaceRows = namespaces.map(({ barePods, copy, injectedPods, name, revision = "" }): Cell[] => [
    name,
    copy,
    revision,
    String(injectedPods),
    barePods === 0 ? "0" : tone(String(barePods), false),
  ]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stellar peers: ${verdict.toLowerCase()}</title>
<style>${reportStyle}</style>
</head>
<body>
<header><h1>Stellar peers</h1><p class="verdict ${wrong === 0 ? "good" : "bad"}">${verdict}</p><p>${new Date(at).toISOString()}</p></header>
<main>
${renderFindings(findings)}
<section><h2>Overview</h2><dl>${facts(status)
    .map(([name = "", text = ""]) => `<dt>${name}</dt><dd>${escapeXml(text)}</dd>`)
    .join("")}</dl></section>
<section><h2>Connections</h2><div class="wide">${drawFleetGraph(graphs)}</div></section>
<section><h2>Agents</h2>${table(
    columns,
    agents.map((agent) => agentCells(agent, list?.revision)),
  )}</section>
<section><h2>Namespaces</h2>${table(["Namespace", "List", "Revision", "Injected pods", "Without agent"], namespaceRows)}</section>
</main>
</body>
</html>
`;
}
