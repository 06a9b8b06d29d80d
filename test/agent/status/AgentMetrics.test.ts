import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AgentMetrics } from "../../../agent/status/AgentMetrics.ts";

/** Uses every metric as the loops do. */
function use(metrics: AgentMetrics): void {
  const { discovery, publish, apply } = metrics;
  discovery.pictured(new Map([["testnet", 3]]), new Map([["suspended", 1]]));
  discovery.aged(1_500);
  discovery.changed();
  discovery.failing("StellarNode", true);
  discovery.sourced("stellarnodes");
  publish.written(3);
  publish.withheld("shrinking");
  publish.withholding("shrinking");
  publish.failed();
  publish.conflict();
  publish.refused();
  publish.restored();
  apply.documentReceived("api");
  apply.documentRejected("file", "schema");
  apply.documentRefused("file", "schema");
  apply.reloaded("unsupported");
  apply.dialed("asked");
  apply.confirmed(250);
  apply.looked({ healthy: true, source: "api", planned: 8, connected: 7, heldBack: 1, behind: 1500 });
  metrics.leading(true);
}

async function valueOf({ registry }: AgentMetrics, line: string): Promise<string | undefined> {
  const text = await registry.metrics();
  const found = text.split("\n").find((candidate) => candidate.startsWith(`${line} `));
  return found?.slice(line.length + 1);
}

describe("the agent's metrics", () => {
  const metrics = new AgentMetrics({ version: "1.2.3" });
  use(metrics);

  it("are all named stellar_peer_agent_, in snake case, with a sentence of help", async () => {
    for (const { name, help } of await metrics.registry.getMetricsAsJSON()) {
      assert.match(name, /^stellar_peer_agent_[a-z][a-z0-9_]*$/);
      assert.ok(help.length > 10, name);
    }
  });

  it("have Prometheus's suffixes: _total for what only grows and nothing else, and base units", async () => {
    for (const { name, type } of await metrics.registry.getMetricsAsJSON()) {
      // prom-client's own process metrics hold gauges that end in _total; nothing can be done about those.
      if (/_(process|nodejs)_/.test(name)) continue;
      assert.equal(name.endsWith("_total"), String(type) === "counter", name);
      assert.doesNotMatch(name, /_(ms|milliseconds|minutes|kb|mb|percent|count|sum|bucket)$/, name);
    }
  });

  it("give times in seconds", async () => {
    assert.equal(await valueOf(metrics, "stellar_peer_agent_picture_age_seconds"), "1.5");
    assert.equal(await valueOf(metrics, "stellar_peer_agent_confirmation_seconds_sum"), "0.25");
    assert.equal(await valueOf(metrics, 'stellar_peer_agent_confirmation_seconds_bucket{le="0.25"}'), "1");
  });

  it("count what was applied, by result", async () => {
    const lines = {
      'documents_received_total{source="api"}': "1",
      'documents_rejected_total{source="file",reason="schema"}': "1",
      'core_reloads_total{result="unsupported"}': "1",
      'core_dials_total{result="asked"}': "1",
      core_healthy: "1",
      'peers{state="planned"}': "8",
      'peers{state="connected"}': "7",
      'peers{state="held_back"}': "1",
      leader: "1",
    };
    for (const [line, value] of Object.entries(lines))
      assert.equal(await valueOf(metrics, `stellar_peer_agent_${line}`), value, line);
  });

  it("forget networks, reasons and sources that are no more", async () => {
    const changing = new AgentMetrics({ version: "1.2.3" });
    use(changing);
    changing.discovery.pictured(new Map([["mainnet", 1]]), new Map());
    changing.apply.looked({
      healthy: false,
      source: "file",
      planned: 0,
      connected: 0,
      heldBack: 0,
      behind: 0,
    });
    const gone = [
      'picture_peers{network="testnet"}',
      'picture_omissions{reason="suspended"}',
      'document_source{source="api"}',
    ];
    for (const line of gone)
      assert.equal(await valueOf(changing, `stellar_peer_agent_${line}`), undefined, line);
    assert.equal(await valueOf(changing, 'stellar_peer_agent_document_source{source="file"}'), "1");
    assert.equal(await valueOf(changing, "stellar_peer_agent_core_healthy"), "0");
  });

  it("count a failure that lasts once", async () => {
    const failing = new AgentMetrics({ version: "1.2.3" });
    const line = 'stellar_peer_agent_discovery_failures_total{kind="StellarNode"}';
    for (const now of [true, true, false, true]) failing.discovery.failing("StellarNode", now);
    assert.equal(await valueOf(failing, line), "2");
  });

  it("hold no address, no pod and no text of an error in their labels", async () => {
    const labels = (await metrics.registry.metrics()).match(/\{[^}]*\}/g) ?? [];
    const own = labels.filter((label) => !/version|le=|space|type|kind=/.test(label));
    for (const label of own) assert.match(label, /^\{([a-z]+="[a-z_]+",?)+\}$/);
  });
});
