import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { AgentMetrics } from "../../agent/status/AgentMetrics.ts";
import { WebhookMetrics } from "../../webhook/admission/WebhookMetrics.ts";
import { ProvisionPrometheus } from "../../webhook/provision/ProvisionPrometheus.ts";
import { escapeXml } from "../../cli/graph/escapeXml.ts";
import { Scrapes } from "../promql/Scrapes.ts";
import { drawDashboard } from "./drawDashboard.ts";
import { queryPanel } from "./queryPanel.ts";
import { readDashboard } from "./readDashboard.ts";

const dashboard = await readDashboard();
const times = [30, 60];

/** An agent and a webhook for which all that the dashboard shows is so. */
async function scrapeTroubled(): Promise<Scrapes> {
  const agent = new AgentMetrics({ version: "1" });
  const webhook = new WebhookMetrics("1");
  const provision = new ProvisionPrometheus(webhook.registry);
  const scrapes = new Scrapes();
  agent.leading(true);
  for (const at of [0, ...times]) {
    agent.discovery.pictured(new Map([["testnet", 4]]), new Map());
    agent.discovery.aged(90_000);
    agent.discovery.failing("StellarNode", true);
    agent.publish.written(4);
    agent.publish.withholding("shrinking");
    agent.apply.documentRefused("file", "not-json");
    agent.apply.dialed("asked");
    agent.apply.confirmed(700);
    agent.apply.looked({
      healthy: false,
      source: "api",
      planned: 3,
      connected: 1,
      heldBack: 1,
      behind: 70_000,
    });
    webhook.decided({ action: "skip", reason: "pod-disabled", detail: "", warnings: [] }, false, 0.002);
    provision.pods(new Map([["a", 2]]), new Map([["a", 1]]));
    provision.problems(1, 0);
    provision.missingAccounts(new Map([["a", 1]]));
    scrapes.take(at, await agent.registry.metrics(), { namespace: "stellar", pod: "alpha-0" });
    scrapes.take(at, await webhook.registry.metrics(), { namespace: "stellar-system", pod: "webhook-0" });
  }
  return scrapes;
}

describe("the dashboard", async () => {
  const scrapes = await scrapeTroubled();

  it("asks for what agents and webhooks have: every query of it is answered when there is something to show", () => {
    for (const panel of dashboard.panels)
      for (const target of panel.targets) {
        const series = queryPanel({ ...panel, targets: [target] }, scrapes, times, 120);
        assert.ok(
          series.some(({ values }) => values.at(-1) !== undefined),
          `${panel.title}: ${target.expr}`,
        );
        for (const { legend } of series)
          assert.doesNotMatch(legend, /: $|^$|\/$/, `${panel.title}: a label is missing`);
      }
  });

  it("shows what is wrong, each with where and why, and nothing while all is well", () => {
    const panel = dashboard.panels.find(({ type }) => type === "state-timeline");
    assert.ok(panel);
    const wrong = queryPanel(panel, scrapes, times, 120);
    assert.deepEqual(
      wrong.map(({ legend }) => legend),
      [
        "list withheld, shrinking: stellar/alpha-0",
        "list refused, file not-json: stellar/alpha-0",
        "API not followed: stellar/alpha-0",
        "Core not healthy: stellar/alpha-0",
        "peers not connected: stellar/alpha-0",
        "pods without an agent: a",
        "service accounts missing: a",
        "copies or rights, foreign",
      ],
    );
    assert.deepEqual(queryPanel(panel, new Scrapes(), times, 120), []);
  });

  it("lays its panels side by side, none on another", () => {
    for (const [index, { gridPos: a, title }] of dashboard.panels.entries())
      for (const { gridPos: b, title: other } of dashboard.panels.slice(index + 1))
        assert.ok(
          a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y,
          `${title} and ${other}`,
        );
    assert.ok(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24));
  });

  it("is the one of the picture in the guide, panel by panel", async () => {
    const picture = await readFile("docs/pictures/dashboard.svg", "utf8");
    const named = [...picture.matchAll(/<title>(.*)<\/title>/g)].map(([, title]) => title);
    const panels = dashboard.panels.map(({ title, description }) => escapeXml(`${title}: ${description}`));
    assert.deepEqual(named, panels, "run npm run dashboard");
    assert.doesNotMatch(picture, /no data|NaN|undefined|Infinity/);
  });

  it("is drawn with gaps where there is no value, and says so where there is none at all", () => {
    const panel = dashboard.panels.find(({ type }) => type === "timeseries");
    assert.ok(panel);
    const series = [{ legend: "a <b>", values: [1, undefined, 2, 3] }];
    const drawn = drawDashboard(dashboard, [{ panel, series }], [0, 30, 60, 90]);
    assert.match(drawn, /d="M[\d. ]+h0.1M[\d. ]+h0.1L[\d. ]+"/);
    assert.match(drawn, /a &lt;b&gt;/);
    assert.match(drawDashboard(dashboard, [{ panel, series: [] }], [0, 30]), /no data/);
  });
});
