import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { changes } from "./changes.ts";
import { failure } from "./failure.ts";
import type { Suite } from "./Suite.ts";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

interface Pod extends KubeObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly restartPolicy?: string;
    readonly serviceAccountName?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly containers: readonly Container[];
  };
  readonly status?: { readonly phase?: string };
}

/** What becomes of pods, from creation to deletion, with no kubelet. */
export function podCases(suite: Suite): void {
  const pod = (name: string, spec: Partial<Pod["spec"]> = {}, status?: Pod["status"]): Pod => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: suite.namespace, labels: { pod: name } },
    spec: { containers: [{ name: "core", image: "core:1" }], ...spec },
    ...(status && { status }),
  });
  const reference = (name: string) => suite.reference(name, "Pod");
  const gone = async (name: string): Promise<void> => {
    assert.equal((await failure(suite.api.get(reference(name), suite.call))).status, 404);
  };

  test("gives a pod its defaults, and a status of its own", async () => {
    const made = await suite.api.create(pod("defaults", {}, { phase: "Running" }), suite.call);
    const { restartPolicy, serviceAccountName, terminationGracePeriodSeconds } = made.spec;
    assert.deepEqual(
      [restartPolicy, serviceAccountName, terminationGracePeriodSeconds],
      ["Always", "default", 30],
    );
    assert.equal(made.status?.phase, "Pending");
  });

  test("removes a pod at once that no node has", async () => {
    await suite.api.create(pod("unscheduled"), suite.call);
    await suite.api.delete(reference("unscheduled"), suite.call);
    await gone("unscheduled");
  });

  test("marks a pod that a node has, and removes it with no grace", async () => {
    await suite.api.create(
      pod("scheduled", { nodeName: "node-1", terminationGracePeriodSeconds: 7 }),
      suite.call,
    );
    const { resourceVersion } = await suite.api.list(
      { apiVersion: "v1", kind: "Pod", namespace: suite.namespace },
      suite.call,
    );
    await suite.api.delete(reference("scheduled"), suite.call);
    const marked = await suite.api.get<Pod>(reference("scheduled"), suite.call);
    const { deletionTimestamp = "" } = marked.metadata;
    assert.ok(Date.parse(deletionTimestamp) > Date.now());
    assert.ok(Date.parse(deletionTimestamp) < Date.now() + 8_000);
    await suite.api.delete(reference("scheduled"), suite.call);
    const again = await suite.api.get<Pod>(reference("scheduled"), suite.call);
    assert.equal(again.metadata.resourceVersion, marked.metadata.resourceVersion);
    await suite.api.delete(reference("scheduled"), { ...suite.call, gracePeriodSeconds: 0 });
    await gone("scheduled");
    const events = await suite.collect(
      { apiVersion: "v1", kind: "Pod", namespace: suite.namespace, name: "scheduled" },
      { resourceVersion },
      (events) => events.length === 3,
    );
    assert.deepEqual(changes(events), ["MODIFIED scheduled", "MODIFIED scheduled", "DELETED scheduled"]);
    const graces = events.flatMap((event) => ("object" in event ? [event.object.metadata] : []));
    assert.deepEqual(
      graces.map(
        (metadata) => (metadata as { deletionGracePeriodSeconds?: number }).deletionGracePeriodSeconds,
      ),
      [7, 0, 0],
    );
  });

  test("evicts a pod that does not run, whatever its budget", async () => {
    const budget = {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "budget", namespace: suite.namespace },
      spec: { maxUnavailable: 0, selector: { matchLabels: { pod: "evicted" } } },
    };
    await suite.api.create(budget, suite.call);
    await suite.api.create(pod("evicted"), suite.call);
    await suite.api.evict({ namespace: suite.namespace, name: "evicted" }, suite.call);
    await gone("evicted");
  });

  test("binds a token to a pod, and to that pod only", async () => {
    const account = { namespace: suite.namespace, name: "default" };
    const { uid = "" } = (await suite.api.create(pod("bound"), suite.call)).metadata;
    const bind = async (name: string, uid: string) =>
      suite.api.createToken(account, { expirationSeconds: 600, boundPod: { name, uid } }, suite.call);
    const { token } = await bind("bound", uid);
    assert.ok(token.length > 0);
    const unknown = await failure(bind("bound-not", uid));
    assert.deepEqual([unknown.status, unknown.reason], [404, "NotFound"]);
    const another = await failure(bind("bound", "00000000-0000-4000-8000-00000000ffff"));
    assert.deepEqual([another.status, another.reason], [409, "Conflict"]);
  });

  test("refuses tokens of accounts that are not there, and tokens of less than ten minutes", async () => {
    const ask = async (name: string, expirationSeconds: number) =>
      failure(suite.api.createToken({ namespace: suite.namespace, name }, { expirationSeconds }, suite.call));
    const missing = await ask("no-account", 600);
    assert.deepEqual([missing.status, missing.reason], [404, "NotFound"]);
    const short = await ask("default", 60);
    assert.deepEqual([short.status, short.reason], [422, "Invalid"]);
  });

  test("merges a pod's containers and their environment by name", async () => {
    const env = [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ];
    await suite.api.create(
      pod("merged", { containers: [{ name: "core", image: "core:1", env }] }),
      suite.call,
    );
    const body = { spec: { containers: [{ name: "core", image: "core:2" }] } };
    const patched = await suite.api.patch<Pod>(reference("merged"), { type: "strategic", body }, suite.call);
    assert.deepEqual(
      patched.spec.containers.map(({ name, image, env }) => ({ name, image, env })),
      [{ name: "core", image: "core:2", env }],
    );
  });
}
