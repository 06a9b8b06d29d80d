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
import { readEventReasons } from "./readEventReasons.ts";
import { readMetrics } from "./readMetrics.ts";

function settings(fallbacks: Readonly<Record<string, string | undefined>>): readonly CatalogEntry[] {
  return Object.entries(fallbacks).map(([name, value]) => (value ? { name, value } : { name }));
}

function named(names: readonly string[]): readonly CatalogEntry[] {
  return names.map((name) => ({ name }));
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
    { section: "Metrics of the agent", entries: metrics.agent },
    { section: "Metrics of the webhook", entries: metrics.webhook },
    { section: "Log events", entries: named(Object.keys(eventNames)) },
    { section: "Kubernetes Events", entries: await readEventReasons() },
    { section: "Why a pod gets no agent", entries: named(Object.keys(skipReasons)) },
    {
      section: "Requests that are no review",
      entries: Object.entries(reviewRefusals).map(([name, status]) => ({ name, value: String(status) })),
    },
    { section: "Exit codes", entries: named(Object.values(exitCodes).map(String)) },
  ];
}
