import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { parseWebhookSettings } from "../../webhook/parseWebhookSettings.ts";
import { readValues, type ChartValue } from "../../scripts/generate/readValues.ts";
import { webhookEnvironment } from "../../webhook/webhookEnvironment.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { renderChart } from "./renderChart.ts";
import { valueSets } from "./valueSets.ts";

const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));
const control = await useControlPlane(import.meta.url);

type Environment = Readonly<Record<string, string | undefined>>;

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly lifecycle?: { readonly preStop: unknown };
}

function containerOf(objects: readonly KubeObject[]): Container {
  const deployment = objects.find(({ kind }) => kind === "Deployment") as unknown as {
    spec: { template: { spec: { containers: [Container] } } };
  };
  return deployment.spec.template.spec.containers[0];
}

function environmentOf(objects: readonly KubeObject[]): Environment {
  return Object.fromEntries(containerOf(objects).env.map(({ name, value }) => [name, value]));
}

/** The resources of the Prometheus operator and of cert-manager are not served here. */
const unknownHere = ["monitoring.coreos.com/", "cert-manager.io/"];

/** Has the server check each object as it would when it is created, in a namespace of this test. */
async function dryRun(objects: readonly KubeObject[]): Promise<void> {
  const checked = objects
    .filter(({ apiVersion }) => !unknownHere.some((group) => apiVersion.startsWith(group)))
    .map(({ metadata, ...object }) => ({
      ...object,
      // Under names of this test: another one may have installed the chart.
      metadata: {
        ...metadata,
        ...(metadata.namespace === undefined
          ? { name: `${control.prefix}-${metadata.name ?? ""}` }
          : { namespace }),
      },
    }));
  assert.ok(checked.length > 8, `only ${checked.length} objects`);
  const list = { apiVersion: "v1", kind: "List", items: checked };
  const strict = ["--dry-run=server", "--validate=strict", "--server-side", "--force-conflicts"];
  await control.kubectl(["apply", ...strict, "-f", "-"], JSON.stringify(list));
}

const namespace = control.skip ? "" : await control.namespace("dry");

describe("the chart renders", { skip: control.skip }, () => {
  for (const [name, values] of Object.entries(valueSets))
    it(`the values "${name}" as golden/${name}.yaml says, every time, and as the server accepts it`, async () => {
      const { text, objects } = await renderChart(control, { values });
      const file = new URL(`golden/${name}.yaml`, import.meta.url);
      if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(file, text);
      assert.equal(text, await readFile(file, "utf8"));
      assert.equal((await renderChart(control, { values })).text, text);
      await control.helm(["lint", "--strict", chart, ...values.flatMap((value) => ["--set", value])]);
      await dryRun(objects);
    });

  it("an environment that the webhook understands, name by name", async () => {
    for (const values of Object.values(valueSets)) {
      const environment = environmentOf((await renderChart(control, { values })).objects);
      const unread = Object.keys(environment).filter((name) => !(name in webhookEnvironment));
      assert.deepEqual(unread, []);
      const missing = Object.keys(webhookEnvironment).filter((name) => !(name in environment));
      assert.deepEqual(missing, []);
      const pod = { POD_NAME: "webhook-0", POD_NAMESPACE: "stellar-system", POD_UID: "uid" };
      parseWebhookSettings({ ...environment, ...pod }, "0.1.0");
    }
  });

  it("one wait before a replica ends: the kubelet's where it has one, else the process's own", async () => {
    const waits = async (kubeVersion: string) => {
      const { objects } = await renderChart(control, { kubeVersion, values: ["webhook.drainDelay=7s"] });
      return [containerOf(objects).lifecycle?.preStop, environmentOf(objects)["DRAIN_DELAY"]];
    };
    assert.deepEqual(await waits("1.29.4"), [undefined, "7s"]);
    assert.deepEqual(await waits("1.30.0"), [{ sleep: { seconds: 7 } }, "0s"]);
  });

  it("no native sidecars for servers that have none", async () => {
    const values = ["webhook.sidecarMode=native"];
    await assert.rejects(renderChart(control, { values, kubeVersion: "1.28.9" }), /webhook\.sidecarMode/);
    await renderChart(control, { values, kubeVersion: "1.29.0" });
  });

  it("what webhook and agents take at the bounds", async () => {
    const values = [
      "agent.pollInterval=9m59s1000ms",
      "agent.resources.requests.memory=128Mi",
      "agent.resources.requests.cpu=0.1",
      "agent.discovery.staticPeers={255.249.199.9:65535,0.10.99.100:1}",
      "agent.discovery.selector=stellar.org/a in (x\\,y)\\,!b",
    ];
    const environment = environmentOf((await renderChart(control, { values })).objects);
    const pod = { POD_NAME: "webhook-0", POD_NAMESPACE: "stellar-system", POD_UID: "uid" };
    parseWebhookSettings({ ...environment, ...pod }, "0.1.0");
    assert.equal(environment["AGENT_DISCOVERY_SELECTOR"], "stellar.org/a in (x,y),!b");
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
    ["webhook.drainDelay=26s", /drainDelay/],
    ["webhook.certManager.duration=90d", /duration/],
    ["webhook.certManager.issuer=company", /issuer/],
    ["replicas=many", /replicas/],
    ["replicas=0", /replicas/],
    ["agent.reload=sometimes", /reload/],
    ["agent.coreHttpPort=70000", /coreHttpPort/],
    ["agent.healthPort=11626", /must differ/],
    ["agent.discovery.staticPeers={somewhere}", /staticPeers/],
    ["image.digest=latest", /digest/],
    [
      "agent.resources.requests.memory=1Gi",
      /agent\.resources\.requests\.memory \(1Gi\).*limits\.memory \(128Mi\)/,
    ],
    ["agent.resources.limits.cpu=0.009", /agent\.resources\.requests\.cpu \(10m\)/],
    ["agent.pollInterval=0s", /agent\.pollInterval/],
    ["agent.pollInterval=10m1s", /agent\.pollInterval/],
    ["agent.discovery.selector=a b", /selector/],
    ["agent.discovery.staticPeers={300.0.0.1:11625}", /staticPeers/],
    ["agent.discovery.staticPeers={10.0.0.1:65536}", /staticPeers/],
    ["webhook.timeoutSeconds=4", /timeoutSeconds/],
    ["webhook.certManager=null", /certManager/],
    ["agent.resources.limits.cpu=null", /cpu/],
    ["image.tag=15", /tag/],
    ["replica=2", /replica/],
    ["commonLabels.team=a b", /team/],
    ["nodeSelector=fast", /nodeSelector/],
    [
      "provisioner.enabled=false,provisioner.networkPolicy.enabled=true",
      /provisioner\.networkPolicy\.enabled/,
    ],
    ["provisioner.enabled=false,provisioner.remediation=evict", /provisioner\.remediation/],
    ["peers.lease=stellar-peers-provisioner", /must differ/],
    ["namespaceSelector.peer-discovery\\.stellar\\.org/injection=enabled", /namespaceSelector/],
    ["serviceAccount.create=false", /serviceAccount\.name/],
  ];
  for (const [value, complaint] of cases)
    it(`${value}, naming it`, async () => {
      await assert.rejects(renderChart(control, { values: [value] }), complaint);
    });
});

describe("each value of the chart", { skip: control.skip }, () => {
  const read = async (): Promise<readonly ChartValue[]> =>
    readValues(await readFile(`${chart}/values.yaml`, "utf8"));
  const render = async (assignment: string): Promise<string> =>
    control.helm(["template", "release", chart, "--set-json", assignment]);

  it("of a wrong type is refused by its name", async () => {
    const values = await read();
    assert.ok(values.length > 80, `only ${values.length} values`);
    for (const { path, fallback } of values) {
      const wrong = fallback.startsWith("[") ? '"text"' : "[7]";
      await assert.rejects(render(`${path}=${wrong}`), new RegExp(path.split(".").join("[./]")), path);
    }
  });

  it("that nobody knows is refused by its name, wherever it stands", async () => {
    const groups = new Set((await read()).map(({ path }) => path.split(".").slice(0, -1).join(".")));
    /** Names there are Kubernetes's or the user's own. */
    const open = new Set(["resources.requests", "resources.limits", "monitoring.dashboard.labels"]);
    for (const group of groups) {
      if (open.has(group)) continue;
      const path = group === "" ? "unheardOf" : `${group}.unheardOf`;
      await assert.rejects(render(`${path}="text"`), /unheardOf/, path);
    }
  });
});
