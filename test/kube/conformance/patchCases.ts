import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./failure.ts";
import type { ConfigMap, Suite } from "./Suite.ts";

/** Patches other than server-side apply. */
export function patchCases(suite: Suite): void {
  test("patches strategically: merges maps, removes keys that are null", async () => {
    await suite.api.create(suite.configMap("strategic", { data: { a: "1", b: "2" } }), suite.call);
    const patch = { type: "strategic", body: { data: { a: null, c: "3" } } } as const;
    const patched = await suite.api.patch<ConfigMap>(suite.reference("strategic"), patch, suite.call);
    assert.deepEqual(patched.data, { b: "2", c: "3" });
  });

  test("replaces a map whole when a strategic patch says so", async () => {
    await suite.api.create(suite.configMap("replace", { data: { a: "1", b: "2" } }), suite.call);
    const patch = { type: "strategic", body: { data: { $patch: "replace", c: "3" } } } as const;
    assert.deepEqual((await suite.api.patch<ConfigMap>(suite.reference("replace"), patch, suite.call)).data, {
      c: "3",
    });
  });

  test("patches by merge and by JSON patch", async () => {
    await suite.api.create(suite.configMap("merge", { data: { a: "1", b: "2" } }), suite.call);
    const merged = await suite.api.patch<ConfigMap>(
      suite.reference("merge"),
      { type: "merge", body: { data: { a: null, c: "3" } } },
      suite.call,
    );
    assert.deepEqual(merged.data, { b: "2", c: "3" });
    const patched = await suite.api.patch<ConfigMap>(
      suite.reference("merge"),
      {
        type: "json",
        body: [
          { op: "test", path: "/data/b", value: "2" },
          { op: "add", path: "/data/d", value: "4" },
          { op: "remove", path: "/data/b" },
        ],
      },
      suite.call,
    );
    assert.deepEqual(patched.data, { c: "3", d: "4" });
  });

  test("refuses a JSON patch whose test fails", async () => {
    await suite.api.create(suite.configMap("json-test", { data: { a: "1" } }), suite.call);
    const body = [{ op: "test", path: "/data/a", value: "2" }];
    const error = await failure(
      suite.api.patch(suite.reference("json-test"), { type: "json", body }, suite.call),
    );
    assert.deepEqual([error.status, error.reason], [422, "Invalid"]);
  });

  for (const type of ["strategic", "merge"] as const) {
    test(`refuses a ${type} patch that carries an older resourceVersion`, async () => {
      const name = `fenced-${type}`;
      const first = await suite.api.create(suite.configMap(name), suite.call);
      const { resourceVersion } = first.metadata;
      const patch = { type, body: { metadata: { resourceVersion }, data: { a: "1" } } };
      await suite.api.patch(suite.reference(name), patch, suite.call);
      const again = { ...patch, body: { ...patch.body, data: { a: "2" } } };
      const error = await failure(suite.api.patch(suite.reference(name), again, suite.call));
      assert.deepEqual([error.status, error.reason], [409, "Conflict"]);
      assert.deepEqual((await suite.api.get<ConfigMap>(suite.reference(name), suite.call)).data, { a: "1" });
    });
  }

  test("leaves the resourceVersion as it is when a strategic patch changes nothing", async () => {
    const first = await suite.api.create(suite.configMap("strategic-same", { data: { a: "1" } }), suite.call);
    const patch = { type: "strategic", body: { data: { a: "1", b: null } } } as const;
    const patched = await suite.api.patch(suite.reference("strategic-same"), patch, suite.call);
    assert.equal(patched.metadata.resourceVersion, first.metadata.resourceVersion);
  });

  test("leaves out a map whose last key a patch has removed", async () => {
    await suite.api.create(
      suite.configMap("emptied", { data: { a: "1" }, metadata: { labels: { a: "1" } } }),
      suite.call,
    );
    const patch = {
      type: "strategic",
      body: { data: { a: null }, metadata: { labels: { a: null } } },
    } as const;
    const patched = await suite.api.patch<ConfigMap>(suite.reference("emptied"), patch, suite.call);
    assert.deepEqual([patched.data, patched.metadata.labels], [undefined, undefined]);
  });

  test("refuses a patch that gives the object another name", async () => {
    await suite.api.create(suite.configMap("renamed"), suite.call);
    const body = { metadata: { name: "another" } };
    for (const type of ["merge", "strategic"] as const) {
      const error = await failure(suite.api.patch(suite.reference("renamed"), { type, body }, suite.call));
      assert.deepEqual([error.status, error.reason], [400, "BadRequest"]);
    }
  });

  test("refuses a JSON patch that removes what is not there", async () => {
    await suite.api.create(suite.configMap("json-missing"), suite.call);
    const body = [{ op: "remove", path: "/data/a" }];
    const error = await failure(
      suite.api.patch(suite.reference("json-missing"), { type: "json", body }, suite.call),
    );
    assert.deepEqual([error.status, error.reason], [422, "Invalid"]);
  });
}
