import type { Registry } from "prom-client";
import { AgentMetrics } from "../../agent/status/AgentMetrics.ts";
import { WebhookMetrics } from "../../webhook/admission/WebhookMetrics.ts";
import { ProvisionPrometheus } from "../../webhook/provision/ProvisionPrometheus.ts";
import type { CatalogEntry } from "./Catalog.ts";

/** prom-client's own, of the process and of Node, which are documented there. */
const standard = /_(process|nodejs)_/;

function names(registry: Registry): readonly CatalogEntry[] {
  return registry
    .getMetricsAsArray()
    .map(({ name }) => ({ name }))
    .filter(({ name }) => !standard.test(name));
}

/** Names of the metrics of both programs, from the registries that they serve. */
export function readMetrics(): { agent: readonly CatalogEntry[]; webhook: readonly CatalogEntry[] } {
  const webhook = new WebhookMetrics("0.0.0");
  new ProvisionPrometheus(webhook.registry).namespaces(0);
  return { agent: names(new AgentMetrics({ version: "0.0.0" }).registry), webhook: names(webhook.registry) };
}
