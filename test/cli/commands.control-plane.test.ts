import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Explanation } from "../../cli/explain/Explanation.ts";
import { runCommandLine } from "../../cli/runCommandLine.ts";
import type { Status } from "../../cli/status/Status.ts";
import { labels } from "../../contract/labels.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { RecordedTerminal } from "./RecordedTerminal.ts";

const control = await useControlPlane(import.meta.url);

/** `status` exits with 1 where something is wrong, as it is where no kubelet runs what is there. */
async function run(args: readonly string[], input?: string): Promise<string> {
  const terminal = new RecordedTerminal(input);
  const code = await runCommandLine(args, terminal);
  assert.ok(code === 0 || (code === 1 && args[0] === "status"), terminal.remarks);
  return terminal.output;
}

function pod(namespace: string, name: string): string {
  const metadata = { namespace, name, labels: { [labels.nodeType]: "Validator" } };
  const spec = { containers: [{ name: "core", image: "registry.example/core:1" }] };
  return JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata, spec });
}

describe("the commands on a real API server, with the chart installed", { skip: control.skip }, () => {
  const release = control.skip === false ? control.prefix : "";
  let namespace: string;
  let system: string;

  const explain = async (name: string): Promise<Explanation> => {
    const cluster = ["--kubeconfig", control.kubeconfig, "-n", namespace];
    return JSON.parse(await run(["explain", name, ...cluster, "-o", "json"])) as Explanation;
  };
  const status = async (...args: readonly string[]): Promise<Status> =>
    JSON.parse(await run(["status", "--kubeconfig", control.kubeconfig, "-o", "json", ...args])) as Status;

  before(async () => {
    namespace = await control.namespace("a", { team: release });
    system = await control.namespace("system");
    // Of this test's namespaces only: other files share the server.
    const values = [
      "fencing.enabled=false",
      `namespaceSelector.team=${release}`,
      `fullnameOverride=${release}`,
    ];
    const set = values.flatMap((value) => ["--set", value]);
    await control.helm(["install", release, "charts/stellar-peer-discovery", "-n", system, ...set]);
  });

  after(async () => {
    await control.helm(["uninstall", release, "-n", system]);
  });

  const makeWebhookReady = async (): Promise<void> => {
    const path = "/webhooks/0/clientConfig/caBundle";
    const bundle = [{ op: "add", path, value: Buffer.from(control.ca).toString("base64") }];
    const target = ["mutatingwebhookconfiguration", release, "--type=json"];
    await control.kubectl(["patch", ...target, "-p", JSON.stringify(bundle)]);
    const replicas = { status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 } };
    const deployment = ["-n", system, "deployment", release, "--subresource=status", "--type=merge"];
    await control.kubectl(["patch", ...deployment, "-p", JSON.stringify(replicas)]);
  };

  test("from a pod without anything to one that is injected", async () => {
    await control.kubectl(["apply", "-f", "-"], pod(namespace, "old"));
    assert.equal((await explain("old")).reason, "namespace-not-enabled");

    // The server's records of time are whole seconds.
    await eventually("the label is younger than the pod", 10_000, async () => {
      await control.kubectl(["label", "--overwrite", "namespace", namespace, `${labels.injection}=disabled`]);
      await control.kubectl(["label", "--overwrite", "namespace", namespace, `${labels.injection}=enabled`]);
      return (await explain("old")).findings.some(({ code }) => code === "created-before-label");
    });
    assert.deepEqual(
      (await explain("old")).findings.map(({ code }) => code),
      ["ca-bundle-empty", "webhook-not-ready", "created-before-label"],
    );

    await makeWebhookReady();
    assert.equal((await explain("old")).reason, "created-before-label");

    const manifest = pod(namespace, "new");
    const plan = await run(
      ["explain", "-f", "-", "--kubeconfig", control.kubeconfig, "-o", "json"],
      manifest,
    );
    assert.deepEqual(
      (JSON.parse(plan) as Explanation[]).map(({ verdict }) => verdict),
      ["would-be-injected"],
    );

    await control.kubectl(
      ["apply", "-f", "-"],
      await run(["inject", "-f", "-", "--image", "agent:1"], manifest),
    );
    const explanation = await explain("new");
    assert.deepEqual([explanation.verdict, explanation.mode], ["injected", "container"]);
  });

  test("status finds the release of the namespace, and the namespace among all", async () => {
    const { webhooks, namespaces, sources } = await status("-n", namespace);
    assert.ok(webhooks.some(({ namespace, name }) => namespace === system && name === release));
    assert.deepEqual(namespaces, [{ name: namespace, copy: "missing", injectedPods: 1, barePods: 1 }]);
    assert.equal(typeof sources.endpointSlices, "number");
    const all = await status();
    assert.ok(all.namespaces.some(({ name, injectedPods }) => name === namespace && injectedPods === 1));
  });

  test("status reads the list where the release has it", async () => {
    const data = { "peers.json": "[]", "peers.txt": "", peer_count: "0", revision: "1.1" };
    const configMap = (where: string): string =>
      JSON.stringify({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { namespace: where, name: "stellar-peers" },
        data,
      });
    await control.kubectl(["apply", "-f", "-"], configMap(system));
    await control.kubectl(["apply", "-f", "-"], configMap(namespace));
    const { list, namespaces } = await status("-n", namespace);
    assert.equal(list?.revision, "1.1");
    assert.deepEqual([namespaces[0]?.copy, namespaces[0]?.revision], ["current", "1.1"]);
  });
});
