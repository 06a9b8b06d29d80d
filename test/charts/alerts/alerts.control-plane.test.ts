import assert from "node:assert/strict";
import { after, afterEach, describe, it } from "node:test";
import { Discovery } from "../../../agent/discover/Discovery.ts";
import { IncomingContent } from "../../../agent/apply/IncomingContent.ts";
import { Publisher } from "../../../agent/publish/Publisher.ts";
import { AgentMetrics } from "../../../agent/status/AgentMetrics.ts";
import { labels } from "../../../contract/labels.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import { LeaderElector } from "../../../kube/LeaderElector.ts";
import { Notifier } from "../../../runtime/Notifier.ts";
import { WebhookMetrics } from "../../../webhook/admission/WebhookMetrics.ts";
import { parseInjectionSettings } from "../../../webhook/inject/parseInjectionSettings.ts";
import { AccountCheck } from "../../../webhook/provision/AccountCheck.ts";
import { ProvisionPrometheus } from "../../../webhook/provision/ProvisionPrometheus.ts";
import { ProvisionReport } from "../../../webhook/provision/ProvisionReport.ts";
import { Surveyor } from "../../../webhook/provision/Surveyor.ts";
import { ApplierScene } from "../../agent/apply/ApplierScene.ts";
import { FakeApi } from "../../agent/discover/FakeApi.ts";
import { makePeer } from "../../agent/publish/makePeer.ts";
import { makeStored } from "../../agent/publish/makeStored.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { SmallApi } from "../../kube/election/SmallApi.ts";
import { makePod } from "../../webhook/provision/makePod.ts";
import { renderChart } from "../renderChart.ts";
import type { AlertRule } from "./AlertRule.ts";
import { AlertScene } from "./AlertScene.ts";

const control = await useControlPlane(import.meta.url);
const random = { next: (): number => 0.5 };
const events = { record: (): void => undefined };
const log = new RecordedLog();
const observed = new Map([["a", { [labels.injection]: "enabled" }]]);

async function readRules(): Promise<readonly AlertRule[]> {
  const { objects } = await renderChart(control, { values: ["monitoring.prometheusRule.enabled=true"] });
  const found = objects.find(({ kind }) => kind === "PrometheusRule") as unknown as {
    readonly spec: { readonly groups: readonly { readonly rules: readonly AlertRule[] }[] };
  };
  return found.spec.groups.flatMap(({ rules }) => rules);
}

describe("each alert of the chart, by the fault that it is for", { skip: control.skip }, async () => {
  const rules = control.skip ? [] : await readRules();
  const fired = new Set<string>();
  const endings: (() => Promise<unknown>)[] = [];

  /** Runs one loop of ours until the test is over. */
  function run(loop: (signal: AbortSignal) => Promise<unknown>): void {
    const stop = new AbortController();
    const running = loop(stop.signal).catch((error: unknown) => error);
    endings.push(() => {
      stop.abort(new Error("the test is over"));
      return running;
    });
  }

  function webhook(scene: AlertScene): ProvisionPrometheus {
    const { registry } = new WebhookMetrics("1");
    scene.registry = registry;
    return new ProvisionPrometheus(registry);
  }

  function agent(scene: AlertScene, leading = true): AgentMetrics {
    const metrics = new AgentMetrics({ version: "1" });
    metrics.leading(leading);
    scene.registry = metrics.registry;
    return metrics;
  }

  /** After so many minutes this alert is the only one, besides that nobody scrapes the webhook when it is an agent. */
  async function fires(scene: AlertScene, minutes: number, alert: string): Promise<void> {
    const firing = (await scene.pass(minutes)).filter(
      (name) => name === alert || name !== "StellarPeerWebhookAbsent",
    );
    const inAgent = scene.registry?.getSingleMetric("stellar_peer_agent_leader") !== undefined;
    assert.deepEqual(
      firing.filter((name) => inAgent || name !== "StellarPeerNoLeader"),
      [alert],
    );
    fired.add(alert);
  }

  afterEach(async () => {
    for (const end of endings.splice(0)) await end();
  });

  after(() =>
    assert.deepEqual(
      [...fired].toSorted(),
      rules.map(({ alert }) => alert).toSorted(),
      "an alert has no test of its fault",
    ),
  );

  it("StellarPeerWebhookAbsent: the webhook answers, then it does not", async () => {
    const scene = new AlertScene(rules);
    webhook(scene);
    assert.deepEqual(await scene.pass(20), []);
    scene.registry = undefined;
    await fires(scene, 11, "StellarPeerWebhookAbsent");
  });

  it("StellarPeerNoLeader: the Lease is gone", async () => {
    const scene = new AlertScene(rules);
    const metrics = agent(scene, false);
    const { clock } = scene;
    const elector = new LeaderElector({
      api: new SmallApi(clock),
      clock,
      random,
      log,
      lease: { namespace: "stellar-system", name: "stellar-peers" },
      identity: "validators/v1-0/uid",
      lead: () => Promise.resolve(),
      onChange: ({ role }) => metrics.leading(role === "leading"),
    });
    run((signal) => elector.run(signal));
    await fires(scene, 6, "StellarPeerNoLeader");
  });

  it("StellarPeerDiscoveryFailing: the rights to StellarNodes are taken away", async () => {
    const scene = new AlertScene(rules);
    const { clock } = scene;
    const api = new FakeApi(clock);
    const discovery = new Discovery({
      api,
      clock,
      random,
      log,
      settings: {
        discoverySource: "auto",
        discoverySelector: "stellar.org/node-type=Validator",
        pollInterval: 30_000,
        staticPeers: [],
      },
      onChange: () => undefined,
      metrics: agent(scene).discovery,
    });
    run((signal) => discovery.run(signal));
    assert.ok(!(await scene.pass(12)).includes("StellarPeerDiscoveryFailing"));
    api.trouble("StellarNode", new ApiError({ status: 403, reason: "Forbidden", message: "no" }));
    await fires(scene, 50, "StellarPeerDiscoveryFailing");
  });

  it("StellarPeerPublishingWithheld: the list is of a much later epoch than the Lease", async () => {
    const scene = new AlertScene(rules);
    const { clock } = scene;
    const api = new SmallApi(clock);
    api.put(makeStored([makePeer(1)], "29.1"));
    const publisher = new Publisher({
      api,
      clock,
      random,
      log,
      configMap: { namespace: "stellar-system", name: "stellar-peers" },
      holder: "validators/v1-0/uid",
      picture: {
        current: () => ({ peers: [makePeer(1), makePeer(2)], omissions: [] }),
        age: () => 0,
        unchangedFor: () => 0,
      },
      seen: () => undefined,
      metrics: agent(scene).publish,
    });
    run((signal) => publisher.lead({ epoch: 7 }, signal));
    await fires(scene, 16, "StellarPeerPublishingWithheld");
    await fires(scene, 60, "StellarPeerPublishingWithheld");
  });

  it("StellarPeerPodsWithoutAgent: a validator slipped through", async () => {
    const scene = new AlertScene(rules);
    const surveyor = new Surveyor({
      api: new SmallApi(scene.clock),
      clock: scene.clock,
      log,
      metrics: webhook(scene),
      events,
      settings: parseInjectionSettings({ AGENT_IMAGE: "agent:2" }, "2.0.0").settings,
      serverMinor: () => 37,
      remediation: "off",
      observe: () => ({ namespaces: observed, injected: [], bare: [makePod("v0")] }),
      changed: new Notifier(),
    });
    run((signal) => surveyor.run(signal));
    await fires(scene, 17, "StellarPeerPodsWithoutAgent");
  });

  it("StellarPeerUnprovisioned: the API server refuses a copy of the list", async () => {
    const scene = new AlertScene(rules);
    const metrics = webhook(scene);
    const report = new ProvisionReport(log, events);
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { namespace: "a", name: "stellar-peers" },
    };
    const error = new ApiError({ status: 403, reason: "Forbidden", message: "exceeded quota" });
    const outcome = { action: { verb: "create", object }, outcome: { result: "failed", error } } as const;
    scene.beforeScrape = () => {
      report.add([outcome], new Set(["ConfigMap a/stellar-peers"]));
      metrics.problems(report.foreign().length, report.failed().length);
    };
    await fires(scene, 17, "StellarPeerUnprovisioned");
  });

  it("StellarPeerServiceAccountMissing: the service account of a pod is deleted", async () => {
    const scene = new AlertScene(rules);
    const gone = new ApiError({ status: 404, reason: "NotFound", message: "gone" });
    const check = new AccountCheck({
      api: { get: () => Promise.reject(gone) } as unknown as KubeApi,
      clock: scene.clock,
      log,
      metrics: webhook(scene),
      events,
      observe: () => ({
        namespaces: observed,
        injected: [makePod("v0", { agent: "2", account: "v" })],
        bare: [],
      }),
    });
    run((signal) => check.run(signal));
    await fires(scene, 17, "StellarPeerServiceAccountMissing");
  });

  it("StellarPeerCoreNotConnected: one of the peers is down", async () => {
    const scene = new AlertScene(rules);
    const metrics = agent(scene);
    const applier = new ApplierScene();
    await applier.startHealthy();
    applier.other(4).stop();
    applier.publish().run();
    endings.push(() => applier.end());
    for (let minute = 0; minute < 2; minute += 1) await applier.clock.advance(60_000);
    const { gauges } = applier.metrics;
    assert.ok(gauges);
    metrics.apply.looked(gauges);
    await fires(scene, 32, "StellarPeerCoreNotConnected");
  });

  it("StellarPeerDocumentRejected: somebody writes a list that is none", async () => {
    const scene = new AlertScene(rules);
    const metrics = agent(scene).apply;
    const content = new IncomingContent({ source: "api", clock: scene.clock, log, metrics });
    const good = { ...renderPeers([makePeer(1)]), revision: "1.1" };
    content.take(good);
    scene.beforeScrape = () => void content.take({ "peers.json": "not JSON", revision: "1.2" });
    await fires(scene, 17, "StellarPeerDocumentRejected");
    scene.beforeScrape = () => void content.take({ ...good, revision: "1.3" });
    assert.ok(!(await scene.pass(6)).includes("StellarPeerDocumentRejected"));
  });
});
