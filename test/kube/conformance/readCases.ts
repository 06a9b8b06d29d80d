import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./failure.ts";
import type { ConfigMap, Suite } from "./Suite.ts";

/** Reading by name, by selector and by signal. */
export function readCases(suite: Suite): void {
  test("lists by label, sorted by name, each with its apiVersion and kind", async () => {
    for (const name of ["list-b", "list-a", "list-c"])
      await suite.api.create(suite.inSet("list", name), suite.call);
    await suite.api.create(suite.inSet("other", "list-d"), suite.call);
    const list = await suite.api.list<ConfigMap>(suite.labelled("list"), suite.call);
    assert.match(list.resourceVersion, /^[1-9][0-9]*$/);
    assert.deepEqual(
      list.items.map((item) => [item.apiVersion, item.kind, item.metadata.name]),
      ["list-a", "list-b", "list-c"].map((name) => ["v1", "ConfigMap", name]),
    );
    const anywhere = { apiVersion: "v1", kind: "ConfigMap", labelSelector: "set=list" };
    const all = await suite.api.list<ConfigMap>(anywhere, suite.call);
    assert.deepEqual(
      all.items
        .filter((item) => item.metadata.namespace === suite.namespace)
        .map((item) => item.metadata.name),
      ["list-a", "list-b", "list-c"],
    );
  });

  test("understands selectors of equality, inequality, sets and presence", async () => {
    await suite.api.create(
      suite.configMap("sel-a", { metadata: { labels: { sel: "a", tier: "x" } } }),
      suite.call,
    );
    await suite.api.create(suite.configMap("sel-b", { metadata: { labels: { sel: "b" } } }), suite.call);
    const select = async (labelSelector: string): Promise<string[]> => {
      const collection = { apiVersion: "v1", kind: "ConfigMap", namespace: suite.namespace, labelSelector };
      return (await suite.api.list(collection, suite.call)).items.map((item) => item.metadata.name ?? "");
    };
    assert.deepEqual(await select("sel"), ["sel-a", "sel-b"]);
    assert.deepEqual(await select("sel in (a, c)"), ["sel-a"]);
    assert.deepEqual(await select("sel,sel!=a"), ["sel-b"]);
    assert.deepEqual(await select("sel,!tier"), ["sel-b"]);
    assert.deepEqual(await select("sel notin (b),tier=x"), ["sel-a"]);
  });

  test("lists cluster-wide objects", async () => {
    const list = await suite.api.list({ apiVersion: "v1", kind: "Namespace" }, suite.call);
    assert.ok(list.items.some((item) => item.metadata.name === suite.namespace));
    const found = await suite.api.get(
      { apiVersion: "v1", kind: "Namespace", name: suite.namespace },
      suite.call,
    );
    assert.equal(found.metadata.name, suite.namespace);
  });

  test("lists a collection of one name, which may be empty", async () => {
    await suite.api.create(suite.configMap("one", { data: { a: "1" } }), suite.call);
    const collection = { apiVersion: "v1", kind: "ConfigMap", namespace: suite.namespace };
    const present = await suite.api.list<ConfigMap>({ ...collection, name: "one" }, suite.call);
    const absent = await suite.api.list<ConfigMap>({ ...collection, name: "none" }, suite.call);
    assert.deepEqual(
      present.items.map((item) => [item.metadata.name, item.data]),
      [["one", { a: "1" }]],
    );
    assert.deepEqual(absent.items, []);
  });

  test("says NotFound of a resource that the server does not serve", async () => {
    const error = await failure(
      suite.api.list(
        { apiVersion: "stellar.example/v9", kind: "StellarNode", namespace: suite.namespace },
        suite.call,
      ),
    );
    assert.equal(error.status, 404);
    assert.equal(error.reason, "NotFound");
  });

  test("gives metadata alone when asked, under the object's own kind", async () => {
    await suite.api.create(suite.inSet("meta", "meta", { big: "x" }), suite.call);
    const metadataOnly = { ...suite.call, metadataOnly: true };
    const one = await suite.api.get<ConfigMap>(suite.reference("meta"), metadataOnly);
    const list = await suite.api.list<ConfigMap>(suite.labelled("meta"), metadataOnly);
    for (const object of [one, ...list.items]) {
      assert.deepEqual([object.apiVersion, object.kind, object.metadata.name], ["v1", "ConfigMap", "meta"]);
      assert.equal(object.data, undefined);
      assert.deepEqual(object.metadata.labels, { set: "meta" });
    }
    assert.equal(list.items.length, 1);
    const events = await suite.collect(
      suite.labelled("meta"),
      { resourceVersion: "", metadataOnly: true },
      (events) => events.length === 1,
    );
    const first = events[0];
    assert.ok(first?.type === "ADDED");
    assert.deepEqual([first.object.kind, first.object.data], ["ConfigMap", undefined]);
  });

  test("rejects with the signal's reason when the caller has aborted", async () => {
    const reason = new Error("stop");
    const aborted = { signal: AbortSignal.abort(reason) };
    await assert.rejects(suite.api.get(suite.reference("any"), aborted), (error) => error === reason);
    await assert.rejects(suite.api.list(suite.labelled("any"), aborted), (error) => error === reason);
    await assert.rejects(suite.api.create(suite.configMap("any"), aborted), (error) => error === reason);
    assert.deepEqual(
      await suite.collect(suite.labelled("any"), { resourceVersion: "", ...aborted }, () => false),
      [{ type: "ENDED", end: { reason: "aborted" } }],
    );
  });
}
