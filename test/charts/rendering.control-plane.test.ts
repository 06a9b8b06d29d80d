import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { parseWebhookSettings } from "../../webhook/parseWebhookSettings.ts";
import { webhookEnvironment } from "../../webhook/webhookEnvironment.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { renderChart } from "./renderChart.ts";

const control = await useControlPlane(import.meta.url);

const everything = [
  "agent.image.registry=registry.example",
  "agent.discovery.staticPeers={10.0.0.1:11625,10.0.0.2:11625}",
  "commonLabels.team=core",
  "fullnameOverride=peers",
  `image.digest=sha256:${"a".repeat(64)}`,
  "imagePullSecrets[0].name=pull",
  "monitoring.podMonitor.enabled=true",
  "monitoring.prometheusRule.enabled=true",
  "monitoring.serviceMonitor.enabled=true",
  "namespaceSelector.tenant=blue",
  "networkPolicy.enabled=true",
  "priorityClassName=system-cluster-critical",
  "provisioner.remediation=evict",
  "webhook.failurePolicy=Fail",
  "webhook.rejectInvalid=true",
];

type Environment = Readonly<Record<string, string | undefined>>;

function environmentOf(objects: readonly KubeObject[]): Environment {
  const deployment = objects.find(({ kind }) => kind === "Deployment") as unknown as {
    spec: { template: { spec: { containers: [{ env: { name: string; value?: string }[] }] } } };
  };
  const [{ env }] = deployment.spec.template.spec.containers;
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

describe("the chart renders", { skip: control.skip }, () => {
  for (const [name, values] of [
    ["default", []],
    ["everything", everything],
  ] as const)
    it(`with ${name} values as golden/${name}.yaml says, every time`, async () => {
      const golden = await readFile(new URL(`golden/${name}.yaml`, import.meta.url), "utf8");
      assert.equal((await renderChart(control, { values })).text, golden);
      assert.equal((await renderChart(control, { values })).text, golden);
    });

  it("an environment that the webhook understands, name by name", async () => {
    for (const values of [[], everything]) {
      const environment = environmentOf((await renderChart(control, { values })).objects);
      const unread = Object.keys(environment).filter((name) => !(name in webhookEnvironment));
      assert.deepEqual(unread, []);
      const missing = Object.keys(webhookEnvironment).filter((name) => !(name in environment));
      assert.deepEqual(missing, []);
      const pod = { POD_NAME: "webhook-0", POD_NAMESPACE: "stellar-system", POD_UID: "uid" };
      parseWebhookSettings({ ...environment, ...pod }, "0.1.0");
    }
  });

  it("no policies for servers that have none", async () => {
    const kinds = async (kubeVersion: string) =>
      (await renderChart(control, { kubeVersion })).objects.map(({ kind }) => kind);
    assert.ok(!(await kinds("1.29.4")).includes("ValidatingAdmissionPolicy"));
    assert.ok((await kinds("1.30.0")).includes("ValidatingAdmissionPolicy"));
    await assert.rejects(kinds("1.27.0"), /1\.28/);
  });

  it("no name that is too long, whatever the release is called", async () => {
    const { objects } = await renderChart(control, { release: "a".repeat(53) });
    for (const { kind, metadata } of objects)
      assert.ok((metadata.name ?? "").length <= 63, `${kind} ${metadata.name}`);
  });
});

describe("the chart refuses", { skip: control.skip }, () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["webhook.failurePolice=Fail", /failurePolice/],
    ["webhook.failurePolicy=Maybe", /failurePolicy/],
    ["webhook.timeoutSeconds=30", /timeoutSeconds/],
    ["webhook.drainDelay=soon", /drainDelay/],
    ["replicas=many", /replicas/],
    ["replicas=0", /replicas/],
    ["agent.reload=sometimes", /reload/],
    ["agent.coreHttpPort=70000", /coreHttpPort/],
    ["agent.healthPort=11626", /must differ/],
    ["agent.discovery.staticPeers={somewhere}", /staticPeers/],
    ["image.digest=latest", /digest/],
    ["peers.lease=stellar-peers-provisioner", /must differ/],
    ["namespaceSelector.peer-discovery\\.stellar\\.org/injection=enabled", /namespaceSelector/],
    ["serviceAccount.create=false", /serviceAccount\.name/],
  ];
  for (const [value, complaint] of cases)
    it(`${value}, naming it`, async () => {
      await assert.rejects(renderChart(control, { values: [value] }), complaint);
    });
});
