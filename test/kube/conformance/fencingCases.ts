import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { failure } from "./failure.ts";
import type { ConfigMap, Suite } from "./Suite.ts";

interface Lease extends KubeObject {
  readonly spec: { readonly holderIdentity?: string; readonly leaseTransitions?: number };
}

/** What keeps one writer from undoing what another has done. */
export function fencingCases(suite: Suite): void {
  const lease = (name: string, holderIdentity: string): Lease => ({
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name, namespace: suite.namespace },
    spec: { holderIdentity, leaseTransitions: 1 },
  });

  test("refuses to replace a Lease unseen, and lets a ConfigMap be", async () => {
    await suite.api.create(lease("unseen", "a"), suite.call);
    const error = await failure(suite.api.update(lease("unseen", "b"), suite.call));
    assert.deepEqual([error.status, error.reason], [422, "Invalid"]);
    await suite.api.create(suite.configMap("unseen", { data: { a: "1" } }), suite.call);
    const updated = await suite.api.update(suite.configMap("unseen", { data: { b: "2" } }), suite.call);
    assert.deepEqual(updated.data, { b: "2" });
  });

  test("lets only one of those win that replace the same version of a Lease", async () => {
    const { metadata } = await suite.api.create(lease("race", ""), suite.call);
    const claims = ["a", "b", "c"].map((holder) =>
      suite.api.update({ ...lease("race", holder), metadata }, suite.call).then(
        () => "won",
        (error: { readonly reason: string }) => error.reason,
      ),
    );
    assert.deepEqual((await Promise.all(claims)).sort(), ["Conflict", "Conflict", "won"]);
  });

  test("refuses to replace an object that has been made again", async () => {
    const first = await suite.api.create(suite.configMap("again"), suite.call);
    await suite.api.delete(suite.reference("again"), suite.call);
    const second = await suite.api.create(suite.configMap("again"), suite.call);
    assert.notEqual(second.metadata.uid, first.metadata.uid);
    const error = await failure(suite.api.update({ ...first, data: { a: "1" } }, suite.call));
    assert.deepEqual([error.status, error.reason], [409, "Conflict"]);
    const { uid = "" } = first.metadata;
    const deletion = await failure(suite.api.delete(suite.reference("again"), { ...suite.call, uid }));
    assert.deepEqual([deletion.status, deletion.reason], [409, "Conflict"]);
  });

  test("refuses a JSON patch and an apply that carry an older resourceVersion", async () => {
    const { metadata } = await suite.api.create(suite.configMap("older", { data: { a: "1" } }), suite.call);
    const { resourceVersion = "" } = metadata;
    await suite.api.patch(
      suite.reference("older"),
      { type: "merge", body: { data: { a: "2" } } },
      suite.call,
    );
    const json = [{ op: "replace", path: "/metadata/resourceVersion", value: resourceVersion }];
    const body = suite.configMap("older", { data: { z: "1" }, metadata: { resourceVersion } });
    for (const patch of [
      { type: "json", body: json },
      { type: "apply", fieldManager: "suite", body },
    ] as const) {
      const error = await failure(suite.api.patch(suite.reference("older"), patch, suite.call));
      assert.deepEqual([patch.type, error.status, error.reason], [patch.type, 409, "Conflict"]);
    }
  });

  test("changes nothing in a dry run", async () => {
    const made = await suite.api.create(suite.configMap("dry-change", { data: { a: "1" } }), suite.call);
    const dry = { ...suite.call, dryRun: true };
    const body = { data: { a: "2" } };
    const patched = await suite.api.patch<ConfigMap>(
      suite.reference("dry-change"),
      { type: "merge", body },
      dry,
    );
    const updated = await suite.api.update<ConfigMap>({ ...made, ...body }, dry);
    assert.deepEqual([patched.data, updated.data], [{ a: "2" }, { a: "2" }]);
    assert.deepEqual(await suite.api.get(suite.reference("dry-change"), suite.call), made);
  });

  test("keeps what a writer may not change", async () => {
    const made = await suite.api.create(suite.configMap("kept"), suite.call);
    const body = {
      metadata: { creationTimestamp: "2020-01-01T00:00:00Z", generation: 7, labels: { a: "1" } },
    };
    const patched = await suite.api.patch(suite.reference("kept"), { type: "merge", body }, suite.call);
    assert.equal(patched.metadata.creationTimestamp, made.metadata.creationTimestamp);
    assert.equal(patched.metadata.uid, made.metadata.uid);
    assert.deepEqual(patched.metadata.labels, { a: "1" });
  });

  test("keeps an object until its last finalizer has gone", async () => {
    const finalizers = ["example.org/wait"];
    await suite.api.create(suite.configMap("held", { metadata: { finalizers } }), suite.call);
    await suite.api.delete(suite.reference("held"), suite.call);
    const held = await suite.api.get(suite.reference("held"), suite.call);
    assert.ok(held.metadata.deletionTimestamp);
    const body = { metadata: { finalizers: null } };
    await suite.api.patch(suite.reference("held"), { type: "merge", body }, suite.call);
    assert.equal((await failure(suite.api.get(suite.reference("held"), suite.call))).status, 404);
  });
}
