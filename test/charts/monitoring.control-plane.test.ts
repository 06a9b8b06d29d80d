import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import type { Registry } from "prom-client";
import { AgentMetrics } from "../../agent/status/AgentMetrics.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { WebhookMetrics } from "../../webhook/admission/WebhookMetrics.ts";
import { ProvisionPrometheus } from "../../webhook/provision/ProvisionPrometheus.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { renderChart } from "./renderChart.ts";

const control = await useControlPlane(import.meta.url);

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

async function knownMetrics(): Promise<ReadonlySet<string>> {
  const webhook = new WebhookMetrics("1").registry;
  void new ProvisionPrometheus(webhook);
  const metrics = await Promise.all(
    [new AgentMetrics({ version: "1" }).registry, webhook].map((registry: Registry) =>
      registry.getMetricsAsJSON(),
    ),
  );
  const names = metrics.flat().map(({ name }) => name);
  return new Set(names.flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]));
}

function metricsOf(expression: string): readonly string[] {
  return expression.match(/stellar_peer_[a-z_]+/g) ?? [];
}

describe("what the chart has for monitoring", { skip: control.skip }, () => {
  const rendered = async (): Promise<readonly KubeObject[]> =>
    (
      await renderChart(control, {
        values: ["monitoring.prometheusRule.enabled=true", "monitoring.dashboard.enabled=true"],
      })
    ).objects;

  it("shows metrics that exist, in every panel of the dashboard", async () => {
    const known = await knownMetrics();
    const found = (await rendered()).find(({ metadata }) => metadata.name?.endsWith("-dashboard"));
    const { data } = found as KubeObject & { readonly data: Readonly<Record<string, string>> };
    const { panels } = JSON.parse(data["stellar-peer-discovery.json"] ?? "") as Dashboard;
    assert.ok(panels.length >= 10);
    for (const { title, targets } of panels)
      for (const { expr } of targets) {
        assert.ok(metricsOf(expr).length > 0, title);
        for (const name of metricsOf(expr)) assert.ok(known.has(name), `${title}: ${name}`);
      }
  });

  it("alerts on metrics that exist, each with what to do", async () => {
    const known = await knownMetrics();
    const found = (await rendered()).find(({ kind }) => kind === "PrometheusRule");
    const { spec } = found as unknown as {
      readonly spec: {
        readonly groups: readonly {
          readonly rules: readonly {
            readonly alert: string;
            readonly expr: string;
            readonly annotations: Readonly<Record<string, string>>;
          }[];
        }[];
      };
    };
    const rules = spec.groups.flatMap((group) => group.rules);
    assert.ok(rules.length >= 6);
    for (const { alert, expr, annotations } of rules) {
      assert.ok(metricsOf(expr).length > 0, alert);
      for (const name of metricsOf(expr)) assert.ok(known.has(name), `${alert}: ${name}`);
      assert.ok((annotations["description"] ?? "").length > 60, alert);
      assert.equal(annotations["runbook"], `docs/troubleshooting.md#${alert.toLowerCase()}`);
    }
    const documentation = await readFile(new URL("../../docs/troubleshooting.md", import.meta.url), "utf8");
    const headings = documentation.match(/^### StellarPeer\w+$/gm) ?? [];
    assert.deepEqual(headings.toSorted(), rules.map(({ alert }) => `### ${alert}`).toSorted());
  });
});
