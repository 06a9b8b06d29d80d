import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { KubeApi, WatchOptions } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { WatchEvent } from "../../kube/WatchEvent.ts";

/** An API with a namespace that belongs to the suite alone, and the rights of an administrator. */
export interface ConformanceTarget {
  readonly api: KubeApi;
  readonly namespace: string;
  /** Makes the server forget the history of ConfigMaps up to now, where a test can make it do so. */
  readonly expire?: () => Promise<void>;
  close(): Promise<void>;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

type Events = WatchEvent<ConfigMap>[];

const signal = AbortSignal.timeout(120_000);
const call = { signal };

async function failure(work: Promise<unknown>): Promise<ApiError> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(error instanceof ApiError, `expected an ApiError, not ${String(error)}`);
  return error;
}

/** What every KubeApi must do alike. The real server is the measure: where another differs, that one is wrong. */
export function kubeApiConformance(
  name: string,
  open: () => Promise<ConformanceTarget>,
  options: { readonly skip?: string | false } = {},
): void {
  describe(`${name} is a KubeApi that`, { skip: options.skip ?? false, timeout: 120_000 }, () => {
    let target: ConformanceTarget;
    let api: KubeApi;
    let namespace: string;

    before(async () => {
      target = await open();
      ({ api, namespace } = target);
    });
    after(async () => target.close());

    const configMap = (name: string, fields: Partial<ConfigMap> = {}): ConfigMap => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      ...fields,
      metadata: { name, namespace, ...fields.metadata },
    });
    const reference = (name: string, kind = "ConfigMap") => ({ apiVersion: "v1", kind, namespace, name });
    const labelled = (set: string): Collection => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      namespace,
      labelSelector: `set=${set}`,
    });
    const inSet = (set: string, name: string, data: Record<string, string> = {}): ConfigMap =>
      configMap(name, { data, metadata: { labels: { set } } });

    async function collect(
      collection: Collection,
      watch: Partial<WatchOptions> & { readonly resourceVersion: string },
      enough: (events: Events) => boolean,
    ): Promise<Events> {
      const events: Events = [];
      const stop = new AbortController();
      const all = AbortSignal.any([signal, stop.signal, ...(watch.signal ? [watch.signal] : [])]);
      const settings = { timeoutSeconds: 30, maxSilence: 40_000, ...watch, signal: all };
      for await (const event of api.watch<ConfigMap>(collection, settings)) {
        events.push(event);
        if (enough(events)) stop.abort();
      }
      return events;
    }
    const changes = (events: Events): string[] =>
      events.flatMap((event) =>
        event.type === "BOOKMARK" || event.type === "ENDED"
          ? []
          : [`${event.type} ${event.object.metadata.name ?? ""}`],
      );

    test("creates an object and gives it a uid, a resourceVersion and a time", async () => {
      const made = await api.create(configMap("create", { data: { a: "1" } }), call);
      assert.equal(made.metadata.name, "create");
      assert.equal(made.metadata.namespace, namespace);
      assert.ok(made.metadata.uid);
      assert.match(made.metadata.resourceVersion ?? "", /^[1-9][0-9]*$/);
      assert.ok(Number.isFinite(Date.parse(made.metadata.creationTimestamp ?? "")));
      assert.deepEqual(await api.get(reference("create"), call), made);
      assert.deepEqual(made.data, { a: "1" });
    });

    test("makes a name from generateName", async () => {
      const nameless: KubeObject = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { generateName: "made-", namespace },
      };
      const made = await api.create(nameless, call);
      assert.match(made.metadata.name ?? "", /^made-.+/);
    });

    test("refuses to create what exists", async () => {
      await api.create(configMap("twice"), call);
      const error = await failure(api.create(configMap("twice"), call));
      assert.deepEqual([error.status, error.reason, error.transient], [409, "AlreadyExists", false]);
    });

    test("refuses to create an object with a resourceVersion", async () => {
      const error = await failure(
        api.create(configMap("versioned", { metadata: { resourceVersion: "5" } }), call),
      );
      assert.equal(error.status, 500);
    });

    test("refuses a name that is none", async () => {
      const error = await failure(api.create(configMap("Not a name"), call));
      assert.deepEqual([error.status, error.reason, error.transient], [422, "Invalid", false]);
    });

    test("refuses to create in a namespace that does not exist", async () => {
      const error = await failure(
        api.create(configMap("nowhere", { metadata: { namespace: `${namespace}-missing` } }), call),
      );
      assert.deepEqual([error.status, error.reason], [404, "NotFound"]);
    });

    test("says NotFound of what is not there, to get, patch, update and delete", async () => {
      const errors = await Promise.all([
        failure(api.get(reference("missing"), call)),
        failure(api.patch(reference("missing"), { type: "merge", body: {} }, call)),
        failure(api.patch(reference("missing"), { type: "strategic", body: {} }, call)),
        failure(api.update(configMap("missing"), call)),
        failure(api.delete(reference("missing"), call)),
      ]);
      for (const error of errors) {
        assert.deepEqual([error.status, error.reason, error.transient], [404, "NotFound", false]);
      }
    });

    test("creates nothing in a dry run", async () => {
      const made = await api.create(configMap("dry"), { signal, dryRun: true });
      assert.ok(made.metadata.uid);
      assert.equal((await failure(api.get(reference("dry"), call))).status, 404);
    });

    test("names the field manager of a write", async () => {
      const made = await api.create(configMap("managed", { data: { a: "1" } }), {
        signal,
        fieldManager: "suite",
      });
      assert.deepEqual(
        made.metadata.managedFields?.map((entry) => [entry.manager, entry.operation]),
        [["suite", "Update"]],
      );
      const patched = await api.patch(
        reference("managed"),
        { type: "strategic", body: { data: { b: "2" } } },
        { signal, fieldManager: "other" },
      );
      assert.deepEqual(patched.metadata.managedFields?.map((entry) => entry.manager).sort(), [
        "other",
        "suite",
      ]);
    });

    test("replaces an object whose resourceVersion is the stored one, and refuses an older one", async () => {
      const first = await api.create(configMap("update", { data: { a: "1" } }), call);
      const second = await api.update({ ...first, data: { b: "2" } }, call);
      assert.deepEqual(second.data, { b: "2" });
      assert.notEqual(second.metadata.resourceVersion, first.metadata.resourceVersion);
      assert.equal(second.metadata.uid, first.metadata.uid);
      const error = await failure(api.update({ ...first, data: { c: "3" } }, call));
      assert.deepEqual([error.status, error.reason, error.transient], [409, "Conflict", false]);
      assert.deepEqual((await api.get<ConfigMap>(reference("update"), call)).data, { b: "2" });
    });

    test("leaves the resourceVersion as it is when a write changes nothing", async () => {
      const first = await api.create(configMap("same", { data: { a: "1" } }), { signal, fieldManager: "m" });
      const options = { signal, fieldManager: "m" };
      const patched = await api.patch(
        reference("same"),
        { type: "merge", body: { data: { a: "1" } } },
        options,
      );
      const updated = await api.update({ ...first }, options);
      assert.equal(patched.metadata.resourceVersion, first.metadata.resourceVersion);
      assert.equal(updated.metadata.resourceVersion, first.metadata.resourceVersion);
    });

    test("patches strategically: merges maps, removes keys that are null", async () => {
      await api.create(configMap("strategic", { data: { a: "1", b: "2" } }), call);
      const patch = { type: "strategic", body: { data: { a: null, c: "3" } } } as const;
      const patched = await api.patch<ConfigMap>(reference("strategic"), patch, call);
      assert.deepEqual(patched.data, { b: "2", c: "3" });
    });

    test("replaces a map whole when a strategic patch says so", async () => {
      await api.create(configMap("replace", { data: { a: "1", b: "2" } }), call);
      const patch = { type: "strategic", body: { data: { $patch: "replace", c: "3" } } } as const;
      assert.deepEqual((await api.patch<ConfigMap>(reference("replace"), patch, call)).data, { c: "3" });
    });

    test("patches by merge and by JSON patch", async () => {
      await api.create(configMap("merge", { data: { a: "1", b: "2" } }), call);
      const merged = await api.patch<ConfigMap>(
        reference("merge"),
        { type: "merge", body: { data: { a: null, c: "3" } } },
        call,
      );
      assert.deepEqual(merged.data, { b: "2", c: "3" });
      const patched = await api.patch<ConfigMap>(
        reference("merge"),
        {
          type: "json",
          body: [
            { op: "test", path: "/data/b", value: "2" },
            { op: "add", path: "/data/d", value: "4" },
            { op: "remove", path: "/data/b" },
          ],
        },
        call,
      );
      assert.deepEqual(patched.data, { c: "3", d: "4" });
    });

    test("refuses a JSON patch whose test fails", async () => {
      await api.create(configMap("json-test", { data: { a: "1" } }), call);
      const body = [{ op: "test", path: "/data/a", value: "2" }];
      const error = await failure(api.patch(reference("json-test"), { type: "json", body }, call));
      assert.deepEqual([error.status, error.reason], [422, "Invalid"]);
    });

    for (const type of ["strategic", "merge"] as const) {
      test(`refuses a ${type} patch that carries an older resourceVersion`, async () => {
        const name = `fenced-${type}`;
        const first = await api.create(configMap(name), call);
        const { resourceVersion } = first.metadata;
        const patch = { type, body: { metadata: { resourceVersion }, data: { a: "1" } } };
        await api.patch(reference(name), patch, call);
        const again = { ...patch, body: { ...patch.body, data: { a: "2" } } };
        const error = await failure(api.patch(reference(name), again, call));
        assert.deepEqual([error.status, error.reason], [409, "Conflict"]);
        assert.deepEqual((await api.get<ConfigMap>(reference(name), call)).data, { a: "1" });
      });
    }

    test("applies: creates, changes what the manager owns, removes what it no longer names", async () => {
      const apply = (data: Record<string, string>) =>
        api.patch<ConfigMap>(
          reference("apply"),
          { type: "apply", fieldManager: "suite", body: configMap("apply", { data }) },
          call,
        );
      assert.deepEqual((await apply({ a: "1", b: "2" })).data, { a: "1", b: "2" });
      await api.patch(
        reference("apply"),
        { type: "merge", body: { data: { z: "9" } } },
        { signal, fieldManager: "other" },
      );
      const applied = await apply({ a: "3" });
      assert.deepEqual(applied.data, { a: "3", z: "9" });
      assert.ok(
        applied.metadata.managedFields?.some(
          (entry) => entry.manager === "suite" && entry.operation === "Apply",
        ),
      );
    });

    test("refuses to apply over a field of another manager unless forced", async () => {
      await api.create(configMap("owned", { data: { a: "1" } }), { signal, fieldManager: "owner" });
      const body = configMap("owned", { data: { a: "2" } });
      const patch = { type: "apply", fieldManager: "suite", body } as const;
      const error = await failure(api.patch(reference("owned"), patch, call));
      assert.deepEqual([error.status, error.reason], [409, "Conflict"]);
      const forced = await api.patch<ConfigMap>(reference("owned"), { ...patch, force: true }, call);
      assert.deepEqual(forced.data, { a: "2" });
    });

    test("deletes only the object of the uid and resourceVersion given", async () => {
      const made = await api.create(configMap("delete"), call);
      const wrongUid = await failure(api.delete(reference("delete"), { signal, uid: "another" }));
      const wrongVersion = await failure(api.delete(reference("delete"), { signal, resourceVersion: "1" }));
      assert.deepEqual([wrongUid.status, wrongUid.reason], [409, "Conflict"]);
      assert.deepEqual([wrongVersion.status, wrongVersion.reason], [409, "Conflict"]);
      const { uid, resourceVersion } = made.metadata;
      await api.delete(reference("delete"), {
        signal,
        ...(uid && { uid }),
        ...(resourceVersion && { resourceVersion }),
      });
      assert.equal((await failure(api.get(reference("delete"), call))).status, 404);
    });

    test("lists by label, sorted by name, each with its apiVersion and kind", async () => {
      for (const name of ["list-b", "list-a", "list-c"]) await api.create(inSet("list", name), call);
      await api.create(inSet("other", "list-d"), call);
      const list = await api.list<ConfigMap>(labelled("list"), call);
      assert.match(list.resourceVersion, /^[1-9][0-9]*$/);
      assert.deepEqual(
        list.items.map((item) => [item.apiVersion, item.kind, item.metadata.name]),
        ["list-a", "list-b", "list-c"].map((name) => ["v1", "ConfigMap", name]),
      );
      const anywhere = { apiVersion: "v1", kind: "ConfigMap", labelSelector: "set=list" };
      const all = await api.list<ConfigMap>(anywhere, call);
      assert.deepEqual(
        all.items.filter((item) => item.metadata.namespace === namespace).map((item) => item.metadata.name),
        ["list-a", "list-b", "list-c"],
      );
    });

    test("understands selectors of equality, inequality, sets and presence", async () => {
      await api.create(configMap("sel-a", { metadata: { labels: { sel: "a", tier: "x" } } }), call);
      await api.create(configMap("sel-b", { metadata: { labels: { sel: "b" } } }), call);
      const select = async (labelSelector: string): Promise<string[]> => {
        const collection = { apiVersion: "v1", kind: "ConfigMap", namespace, labelSelector };
        return (await api.list(collection, call)).items.map((item) => item.metadata.name ?? "");
      };
      assert.deepEqual(await select("sel"), ["sel-a", "sel-b"]);
      assert.deepEqual(await select("sel in (a, c)"), ["sel-a"]);
      assert.deepEqual(await select("sel,sel!=a"), ["sel-b"]);
      assert.deepEqual(await select("sel,!tier"), ["sel-b"]);
      assert.deepEqual(await select("sel notin (b),tier=x"), ["sel-a"]);
    });

    test("lists cluster-wide objects", async () => {
      const list = await api.list({ apiVersion: "v1", kind: "Namespace" }, call);
      assert.ok(list.items.some((item) => item.metadata.name === namespace));
      const found = await api.get({ apiVersion: "v1", kind: "Namespace", name: namespace }, call);
      assert.equal(found.metadata.name, namespace);
    });

    test("lists a collection of one name, which may be empty", async () => {
      await api.create(configMap("one", { data: { a: "1" } }), call);
      const collection = { apiVersion: "v1", kind: "ConfigMap", namespace };
      const present = await api.list<ConfigMap>({ ...collection, name: "one" }, call);
      const absent = await api.list<ConfigMap>({ ...collection, name: "none" }, call);
      assert.deepEqual(
        present.items.map((item) => [item.metadata.name, item.data]),
        [["one", { a: "1" }]],
      );
      assert.deepEqual(absent.items, []);
    });

    test("says NotFound of a resource that the server does not serve", async () => {
      const error = await failure(
        api.list({ apiVersion: "stellar.example/v9", kind: "StellarNode", namespace }, call),
      );
      assert.equal(error.status, 404);
      assert.equal(error.reason, "NotFound");
    });

    test("gives metadata alone when asked, under the object's own kind", async () => {
      await api.create(inSet("meta", "meta", { big: "x" }), call);
      const metadataOnly = { signal, metadataOnly: true };
      const one = await api.get<ConfigMap>(reference("meta"), metadataOnly);
      const list = await api.list<ConfigMap>(labelled("meta"), metadataOnly);
      for (const object of [one, ...list.items]) {
        assert.deepEqual([object.apiVersion, object.kind, object.metadata.name], ["v1", "ConfigMap", "meta"]);
        assert.equal(object.data, undefined);
        assert.deepEqual(object.metadata.labels, { set: "meta" });
      }
      assert.equal(list.items.length, 1);
      const events = await collect(
        labelled("meta"),
        { resourceVersion: "", metadataOnly: true },
        (events) => events.length === 1,
      );
      const first = events[0];
      assert.ok(first?.type === "ADDED");
      assert.deepEqual([first.object.kind, first.object.data], ["ConfigMap", undefined]);
    });

    test("watches from a list on: each change once, in order, with the object as it then was", async () => {
      await api.create(inSet("watch", "watch-old"), call);
      const { resourceVersion } = await api.list(labelled("watch"), call);
      await api.create(inSet("watch", "watch-a", { n: "1" }), call);
      await api.create(inSet("elsewhere", "watch-b"), call);
      await api.patch(reference("watch-a"), { type: "merge", body: { data: { n: "2" } } }, call);
      await api.delete(reference("watch-a"), call);
      const events = await collect(
        labelled("watch"),
        { resourceVersion },
        (events) => changes(events).length === 3,
      );
      assert.deepEqual(changes(events), ["ADDED watch-a", "MODIFIED watch-a", "DELETED watch-a"]);
      assert.deepEqual(
        events.flatMap((event) => ("object" in event ? [event.object.data?.["n"]] : [])),
        ["1", "2", "2"],
      );
      const versions = events.flatMap((event) =>
        "object" in event ? [Number(event.object.metadata.resourceVersion)] : [],
      );
      assert.deepEqual(
        versions,
        [...versions].sort((a, b) => a - b),
      );
      assert.deepEqual(events.at(-1), { type: "ENDED", end: { reason: "aborted" } });
    });

    test("tells a watch what happens while it is open", async () => {
      const { resourceVersion } = await api.list(labelled("live"), call);
      const watching = collect(labelled("live"), { resourceVersion }, (events) => events.length === 2);
      await api.create(inSet("live", "live"), call);
      await api.delete(reference("live"), call);
      assert.deepEqual(changes(await watching), ["ADDED live", "DELETED live"]);
    });

    test("reports an object that no longer fits the selector as deleted, one that now does as added", async () => {
      await api.create(inSet("moves", "moves"), call);
      const { resourceVersion } = await api.list(labelled("moves"), call);
      const label = async (set: string): Promise<unknown> =>
        api.patch(reference("moves"), { type: "merge", body: { metadata: { labels: { set } } } }, call);
      await label("away");
      await label("moves");
      const events = await collect(labelled("moves"), { resourceVersion }, (events) => events.length === 2);
      assert.deepEqual(changes(events), ["DELETED moves", "ADDED moves"]);
    });

    test("watches one name only, and begins with the state when no version is given", async () => {
      await api.create(configMap("named", { data: { n: "1" } }), call);
      const collection = { apiVersion: "v1", kind: "ConfigMap", namespace, name: "named" };
      const watching = collect(collection, { resourceVersion: "" }, (events) => changes(events).length === 2);
      await api.create(configMap("named-not"), call);
      await api.delete(reference("named"), call);
      const seen = changes(await watching);
      assert.deepEqual(seen, ["ADDED named", "DELETED named"]);
    });

    test("sends a bookmark, if there is news elsewhere, before it ends a watch in good order", async () => {
      await api.create(inSet("bookmark", "bookmark"), call);
      const { resourceVersion } = await api.list(labelled("bookmark"), call);
      const watching = collect(labelled("bookmark"), { resourceVersion, timeoutSeconds: 4 }, () => false);
      const { metadata } = await api.create(inSet("elsewhere", "bookmark-elsewhere"), call);
      const events = await watching;
      assert.deepEqual(changes(events), []);
      assert.deepEqual(events.at(-1), { type: "ENDED", end: { reason: "closed" } });
      const bookmark = events.findLast((event) => event.type === "BOOKMARK");
      assert.ok(bookmark, "no bookmark came");
      assert.ok(Number(bookmark.resourceVersion) >= Number(metadata.resourceVersion));
      const resumed = collect(
        labelled("bookmark"),
        { resourceVersion: bookmark.resourceVersion },
        (events) => events.length === 1,
      );
      await api.create(inSet("bookmark", "bookmark-later"), call);
      assert.deepEqual(changes(await resumed), ["ADDED bookmark-later"]);
    });

    test("ends a watch in good order when its time is over", async () => {
      const { resourceVersion } = await api.list(labelled("over"), call);
      const started = performance.now();
      const events = await collect(labelled("over"), { resourceVersion, timeoutSeconds: 1 }, () => false);
      assert.deepEqual(events.at(-1), { type: "ENDED", end: { reason: "closed" } });
      assert.ok(performance.now() - started > 900);
    });

    test("ends a watch from a version long gone as expired", async (context) => {
      if (!target.expire) {
        context.skip("nothing makes this server forget");
        return;
      }
      const { resourceVersion } = await api.list(labelled("expired"), call);
      await api.create(inSet("expired", "expired"), call);
      await target.expire();
      const events = await collect(labelled("expired"), { resourceVersion }, () => false);
      assert.deepEqual(events, [{ type: "ENDED", end: { reason: "expired" } }]);
    });

    test("ends a watch that hears nothing as silent", async () => {
      const { resourceVersion } = await api.list(labelled("silent"), call);
      const events = await collect(labelled("silent"), { resourceVersion, maxSilence: 300 }, () => false);
      assert.deepEqual(events, [{ type: "ENDED", end: { reason: "silent" } }]);
    });

    test("ends a watch that can't be opened as failed", async () => {
      const collection = { apiVersion: "stellar.example/v9", kind: "StellarNode", namespace };
      const events = await collect(collection, { resourceVersion: "" }, () => false);
      const [event] = events;
      assert.ok(event?.type === "ENDED" && event.end.reason === "failed");
      assert.deepEqual([event.end.error.status, event.end.error.reason], [404, "NotFound"]);
    });

    test("rejects with the signal's reason when the caller has aborted", async () => {
      const reason = new Error("stop");
      const aborted = { signal: AbortSignal.abort(reason) };
      await assert.rejects(api.get(reference("any"), aborted), (error) => error === reason);
      await assert.rejects(api.list(labelled("any"), aborted), (error) => error === reason);
      await assert.rejects(api.create(configMap("any"), aborted), (error) => error === reason);
      assert.deepEqual(await collect(labelled("any"), { resourceVersion: "", ...aborted }, () => false), [
        { type: "ENDED", end: { reason: "aborted" } },
      ]);
    });

    test("holds a Lease, with its times as they were written", async () => {
      const spec = {
        holderIdentity: "a/b/c",
        leaseDurationSeconds: 15,
        leaseTransitions: 3,
        renewTime: "2026-01-02T03:04:05.678901Z",
      };
      const lease = {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata: { name: "lease", namespace },
        spec,
      };
      assert.deepEqual((await api.create(lease, call)).spec, spec);
    });

    test("keeps EndpointSlices with their conditions", async () => {
      const slice = {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { name: "slice", namespace, labels: { "kubernetes.io/service-name": "v0" } },
        addressType: "IPv4",
        endpoints: [
          { addresses: ["10.0.0.1"], conditions: { ready: false, serving: false, terminating: false } },
        ],
        ports: [{ name: "peer", port: 11625, protocol: "TCP" }],
      };
      const made = await api.create(slice, call);
      assert.deepEqual(made.endpoints, slice.endpoints);
      assert.deepEqual(made.ports, slice.ports);
    });

    test("gives out a token for a service account", async () => {
      const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "account", namespace } };
      await api.create(account, call);
      const { token, expirationTimestamp } = await api.createToken(
        { namespace, name: "account" },
        { expirationSeconds: 600 },
        call,
      );
      assert.ok(token.length > 0);
      assert.ok(Date.parse(expirationTimestamp) > Date.parse("2020-01-01"));
    });

    test("says NotFound of the eviction of a pod that is not there", async () => {
      const error = await failure(api.evict({ namespace, name: "gone" }, call));
      assert.deepEqual([error.status, error.reason], [404, "NotFound"]);
    });
  });
}
