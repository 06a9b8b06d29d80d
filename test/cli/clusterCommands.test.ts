import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Explanation } from "../../cli/explain/Explanation.ts";
import { runCommandLine } from "../../cli/runCommandLine.ts";
import type { Status } from "../../cli/status/Status.ts";
import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { MemoryApi } from "../memory-api/MemoryApi.ts";
import { MemoryApiServer } from "../memory-api/MemoryApiServer.ts";
import { eventually } from "../runtime/eventually.ts";
import { installation } from "./cluster/installation.ts";
import { livePod } from "./explain/podObservation.ts";
import { RecordedTerminal } from "./RecordedTerminal.ts";
import { namespaceObject, peersConfigMap } from "./status/statusObservation.ts";

const { signal } = new AbortController();
const api = new MemoryApi({ clock: systemClock });
let server: MemoryApiServer;
let directory: string;

/** Runs a command against the server that KUBECONFIG names. */
async function run(args: readonly string[], input?: string) {
  const terminal = new RecordedTerminal(input, { KUBECONFIG: join(directory, "kubeconfig") });
  const code = await runCommandLine(args, terminal);
  return { code, output: terminal.output, remarks: terminal.remarks };
}

before(async () => {
  server = await MemoryApiServer.start({ api });
  directory = await mkdtemp(join(tmpdir(), "cli-"));
  await writeFile(join(directory, "kubeconfig"), server.kubeconfig("admin"));
  const { configuration, deployment } = installation();
  assert.ok(deployment.state === "seen");
  const objects: readonly KubeObject[] = [
    namespaceObject("stellar-system", {}),
    namespaceObject("validators"),
    // Made before the webhook's configuration is: it passes no webhook.
    livePod({ ownerReferences: [] }),
    deployment.value,
    configuration,
    peersConfigMap("stellar-system"),
    peersConfigMap("validators", "3.6"),
  ];
  for (const object of objects) await api.create(object, { signal });
});

after(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

describe("against an API server", () => {
  test("explain says of a pod what is in its way", async () => {
    const { code, output, remarks } = await run(["explain", "pod/core-0", "-n", "validators", "-o", "json"]);
    assert.deepEqual([code, remarks], [0, ""]);
    const { verdict, findings } = JSON.parse(output) as Explanation;
    assert.equal(verdict, "not-injected");
    assert.ok(findings.some(({ code }) => code === "webhook-not-ready"));
  });

  test("explain -f says it of manifests, in their own namespaces or the one given", async () => {
    const pod = `kind: Pod\napiVersion: v1\nmetadata: {name: a, labels: {${labels.nodeType}: Validator}}\nspec: {containers: [{name: core}]}\n`;
    const nowhere = pod.replace("name: a", "name: b, namespace: nowhere");
    const text = `${pod}---\n${nowhere}`;
    const { code, output } = await run(["explain", "-f", "-", "-n", "validators", "-o", "json"], text);
    assert.equal(code, 0);
    const explanations = JSON.parse(output) as Explanation[];
    assert.deepEqual(
      explanations.map(({ namespace, name, reason }) => [namespace, name, reason]),
      [
        ["validators", "a", "webhook-not-ready"],
        ["nowhere", "b", "namespace-missing"],
      ],
    );
  });

  test("explain of a pod that is not there fails", async () => {
    const { code, output, remarks } = await run(["explain", "nobody"]);
    assert.deepEqual([code, output], [1, ""]);
    assert.match(remarks, /^error: the API server: .*not found; check the name and the namespace\n$/);
  });

  test("status sees the list, its copy, and the pod without an agent", async () => {
    const { code, output } = await run(["status", "-o", "json"]);
    assert.equal(code, 1, "a problem is worth an exit code");
    const { list, namespaces, webhooks } = JSON.parse(output) as Status;
    assert.equal(list?.revision, "3.7");
    assert.deepEqual(namespaces, [
      { name: "validators", copy: "behind", revision: "3.6", injectedPods: 0, barePods: 1 },
    ]);
    assert.equal(webhooks[0]?.version, "1.2.3");
  });

  test("status is shown again and again until somebody interrupts it, with the last one's exit code", async () => {
    const terminal = new RecordedTerminal("", { KUBECONFIG: join(directory, "kubeconfig") });
    const running = runCommandLine(["status", "--watch", "-o", "json"], terminal);
    await eventually("it was shown", 5_000, () => terminal.output.endsWith("\n"));
    terminal.interruption.abort();
    assert.equal(await running, 1);
    assert.deepEqual((JSON.parse(terminal.output) as Status).list?.revision, "3.7");
  });

  test("status of one namespace", async () => {
    const { code, output } = await run(["status", "-n", "stellar-system"]);
    assert.equal(code, 1);
    assert.match(output, /problem namespace-not-enabled/);
    assert.match(output, /\nno namespace is enabled\n$/);
  });
});

test("a server that can't be reached is a failure that says what to check", async () => {
  const kubeconfig = join(directory, "unreachable");
  const gone = await MemoryApiServer.start({ api });
  await writeFile(kubeconfig, gone.kubeconfig("admin"));
  await gone.close();
  const { code, output, remarks } = await run(["status", "--kubeconfig", kubeconfig]);
  assert.deepEqual([code, output], [1, ""]);
  assert.match(remarks, /check that the API server can be reached/);
});
