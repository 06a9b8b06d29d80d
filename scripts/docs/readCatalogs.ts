import { agentEnvironment } from "../../agent/agentEnvironment.ts";
import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { labels } from "../../contract/labels.ts";
import { eventNames } from "../../runtime/eventNames.ts";
import { exitCodes } from "../../runtime/exitCodes.ts";
import { reviewRefusals } from "../../webhook/admission/reviewRefusals.ts";
import { skipReasons } from "../../webhook/inject/skipReasons.ts";
import { webhookEnvironment } from "../../webhook/webhookEnvironment.ts";
import type { Catalog, CatalogEntry } from "./Catalog.ts";
import { readEndpoints } from "./readEndpoints.ts";
import { readEventReasons } from "./readEventReasons.ts";
import { readMetrics } from "./readMetrics.ts";
import { readOmissions } from "./readOmissions.ts";
import { readUnion } from "./readUnion.ts";

function settings(fallbacks: Readonly<Record<string, string | undefined>>): readonly CatalogEntry[] {
  return Object.entries(fallbacks).map(([name, value]) => (value ? { name, value } : { name }));
}

function named(names: readonly string[]): readonly CatalogEntry[] {
  return names.map((name) => ({ name }));
}

/** The words of several unions, each once. */
async function unions(
  ...places: readonly (readonly [path: string, before: string])[]
): Promise<readonly CatalogEntry[]> {
  const all = await Promise.all(places.map(([path, before]) => readUnion(path, before)));
  return [...new Map(all.flat().map((entry) => [entry.name, entry])).values()];
}

/** Of reasons and states, which stand in types. */
async function readReasons(): Promise<readonly Catalog[]> {
  return [
    { section: "Which validators are listed", entries: await readOmissions() },
    {
      section: "When the list is not published",
      entries: await unions(
        ["agent/publish/planPublication.ts", "type WithholdReason ="],
        ["agent/publish/PublisherStatus.ts", "type WaitReason ="],
      ),
    },
    {
      section: "Why Core is not touched",
      entries: await unions(
        ["agent/apply/decideHealth.ts", "type HealthReason ="],
        ["agent/apply/assess.ts", "interface Obstacle { readonly reason:"],
      ),
    },
    {
      section: "States of a peer",
      entries: await unions(["agent/apply/describePeers.ts", "type PeerState ="]),
    },
  ];
}

/** All that `docs/guide.md` must list, no more and no less, as the code has it. */
export async function readCatalogs(): Promise<readonly Catalog[]> {
  const metrics = readMetrics();
  const agent = Object.entries(agentEnvironment).map(([name, { fallback }]) => [name, fallback] as const);
  return [
    { section: "Labels", entries: named(Object.values(labels)) },
    { section: "Annotations", entries: named(Object.values(annotations)) },
    { section: "Keys of the ConfigMap", entries: named([...Object.values(configMapKeys), "peers.NETWORK.txt"]) }, // prettier-ignore
    { section: "Settings of the agent", entries: settings(Object.fromEntries(agent)) },
    { section: "Settings of the webhook", entries: settings(webhookEnvironment) },
    {
      section: "Endpoints of the agent",
      entries: await readEndpoints("agent/status/AgentHttpServer.ts"),
    },
    {
      section: "Endpoints of the webhook",
      entries: await readEndpoints(
        "webhook/admission/AdmissionServer.ts",
        "webhook/admission/ProbeServer.ts",
      ),
    },
    { section: "Metrics of the agent", entries: metrics.agent },
    { section: "Metrics of the webhook", entries: metrics.webhook },
    { section: "Log events", entries: named(Object.keys(eventNames)) },
    { section: "Kubernetes Events", entries: await readEventReasons() },
    { section: "Why a pod gets no agent", entries: named(Object.keys(skipReasons)) },
    {
      section: "Requests that are no review",
      entries: Object.entries(reviewRefusals).map(([name, status]) => ({ name, value: String(status) })),
    },
    ...(await readReasons()),
    { section: "Exit codes", entries: named(Object.values(exitCodes).map(String)) },
  ];
}
