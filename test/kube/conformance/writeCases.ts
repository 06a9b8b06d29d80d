import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { failure } from "./failure.ts";
import type { ConfigMap, Suite } from "./Suite.ts";

/** Creating, replacing and deleting. */
export function writeCases(suite: Suite): void {
  test("creates an object and gives it a uid, a resourceVersion and a time", async () => {
    const made = await suite.api.create(suite.configMap("create", { data: { a: "1" } }), suite.call);
    assert.equal(made.metadata.name, "create");
    assert.equal(made.metadata.namespace, suite.namespace);
    assert.ok(made.metadata.uid);
    assert.match(made.metadata.resourceVersion ?? "", /^[1-9][0-9]*$/);
    assert.ok(Number.isFinite(Date.parse(made.metadata.creationTimestamp ?? "")));
    assert.deepEqual(await suite.api.get(suite.reference("create"), suite.call), made);
    assert.deepEqual(made.data, { a: "1" });
  });

  test("makes a name from generateName", async () => {
    const nameless: KubeObject = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { generateName: "made-", namespace: suite.namespace },
    };
    const made = await suite.api.create(nameless, suite.call);
    assert.match(made.metadata.name ?? "", /^made-.+/);
  });

  test("refuses to create what exists", async () => {
    await suite.api.create(suite.configMap("twice"), suite.call);
    const error = await failure(suite.api.create(suite.configMap("twice"), suite.call));
    assert.deepEqual([error.status, error.reason, error.transient], [409, "AlreadyExists", false]);
  });

  test("refuses to create an object with a resourceVersion", async () => {
    const error = await failure(
      suite.api.create(suite.configMap("versioned", { metadata: { resourceVersion: "5" } }), suite.call),
    );
    assert.equal(error.status, 500);
  });

  test("refuses a name that is none", async () => {
    const error = await failure(suite.api.create(suite.configMap("Not a name"), suite.call));
    assert.deepEqual([error.status, error.reason, error.transient], [422, "Invalid", false]);
  });

  test("refuses to create in a namespace that does not exist", async () => {
    const error = await failure(
      suite.api.create(
        suite.configMap("nowhere", { metadata: { namespace: `${suite.namespace}-missing` } }),
        suite.call,
      ),
    );
    assert.deepEqual([error.status, error.reason], [404, "NotFound"]);
  });

  test("says NotFound of what is not there, to get, patch, update and delete", async () => {
    const errors = await Promise.all([
      failure(suite.api.get(suite.reference("missing"), suite.call)),
      failure(suite.api.patch(suite.reference("missing"), { type: "merge", body: {} }, suite.call)),
      failure(suite.api.patch(suite.reference("missing"), { type: "strategic", body: {} }, suite.call)),
      failure(suite.api.update(suite.configMap("missing"), suite.call)),
      failure(suite.api.delete(suite.reference("missing"), suite.call)),
    ]);
    for (const error of errors) {
      assert.deepEqual([error.status, error.reason, error.transient], [404, "NotFound", false]);
    }
  });

  test("creates nothing in a dry run", async () => {
    const made = await suite.api.create(suite.configMap("dry"), { ...suite.call, dryRun: true });
    assert.ok(made.metadata.uid);
    assert.equal((await failure(suite.api.get(suite.reference("dry"), suite.call))).status, 404);
  });

  test("names the field manager of a write", async () => {
    const made = await suite.api.create(suite.configMap("managed", { data: { a: "1" } }), {
      ...suite.call,
      fieldManager: "suite",
    });
    assert.deepEqual(
      made.metadata.managedFields?.map((entry) => [entry.manager, entry.operation]),
      [["suite", "Update"]],
    );
    const patched = await suite.api.patch(
      suite.reference("managed"),
      { type: "strategic", body: { data: { b: "2" } } },
      { ...suite.call, fieldManager: "other" },
    );
    assert.deepEqual(patched.metadata.managedFields?.map((entry) => entry.manager).sort(), [
      "other",
      "suite",
    ]);
  });

  test("replaces an object whose resourceVersion is the stored one, and refuses an older one", async () => {
    const first = await suite.api.create(suite.configMap("update", { data: { a: "1" } }), suite.call);
    const second = await suite.api.update({ ...first, data: { b: "2" } }, suite.call);
    assert.deepEqual(second.data, { b: "2" });
    assert.notEqual(second.metadata.resourceVersion, first.metadata.resourceVersion);
    assert.equal(second.metadata.uid, first.metadata.uid);
    const error = await failure(suite.api.update({ ...first, data: { c: "3" } }, suite.call));
    assert.deepEqual([error.status, error.reason, error.transient], [409, "Conflict", false]);
    assert.deepEqual((await suite.api.get<ConfigMap>(suite.reference("update"), suite.call)).data, {
      b: "2",
    });
  });

  test("leaves the resourceVersion as it is when a write changes nothing", async () => {
    const first = await suite.api.create(suite.configMap("same", { data: { a: "1" } }), {
      ...suite.call,
      fieldManager: "m",
    });
    const options = { ...suite.call, fieldManager: "m" };
    const patched = await suite.api.patch(
      suite.reference("same"),
      { type: "merge", body: { data: { a: "1" } } },
      options,
    );
    const updated = await suite.api.update({ ...first }, options);
    assert.equal(patched.metadata.resourceVersion, first.metadata.resourceVersion);
    assert.equal(updated.metadata.resourceVersion, first.metadata.resourceVersion);
  });

  test("deletes only the object of the uid and resourceVersion given", async () => {
    const made = await suite.api.create(suite.configMap("delete"), suite.call);
    const wrongUid = await failure(
      suite.api.delete(suite.reference("delete"), { ...suite.call, uid: "another" }),
    );
    const wrongVersion = await failure(
      suite.api.delete(suite.reference("delete"), { ...suite.call, resourceVersion: "1" }),
    );
    assert.deepEqual([wrongUid.status, wrongUid.reason], [409, "Conflict"]);
    assert.deepEqual([wrongVersion.status, wrongVersion.reason], [409, "Conflict"]);
    const { uid, resourceVersion } = made.metadata;
    await suite.api.delete(suite.reference("delete"), {
      ...suite.call,
      ...(uid && { uid }),
      ...(resourceVersion && { resourceVersion }),
    });
    assert.equal((await failure(suite.api.get(suite.reference("delete"), suite.call))).status, 404);
  });
}
