import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./failure.ts";
import { changes } from "./changes.ts";
import type { Suite } from "./Suite.ts";

/** Watches that may end without a bookmark. */
const bookmarkTries = 5;

/**
 * Watches "bookmark" from there, with news elsewhere meanwhile; the bookmark that came before the end, and what the
 * news was.
 *
 * A real server puts it on its list 2 s before the end, and goes through that list once a second, with a second's
 * slack (k8s.io/apiserver 0.37, cacher): now and then the watch is over first.
 */
async function bookmarkAfter(
  suite: Suite,
  resourceVersion: string,
): Promise<{ readonly bookmark: string; readonly news: number }> {
  for (let tried = 1; tried <= bookmarkTries; tried += 1) {
    const watch = { resourceVersion, timeoutSeconds: 4 };
    const watching = suite.collect(suite.labelled("bookmark"), watch, () => false);
    const elsewhere = suite.inSet("elsewhere", `bookmark-elsewhere-${tried}`);
    const { metadata } = await suite.api.create(elsewhere, suite.call);
    const events = await watching;
    assert.deepEqual(changes(events), []);
    assert.deepEqual(events.at(-1), { type: "ENDED", end: { reason: "closed" } });
    const bookmark = events.findLast((event) => event.type === "BOOKMARK");
    if (bookmark) return { bookmark: bookmark.resourceVersion, news: Number(metadata.resourceVersion) };
  }
  throw new assert.AssertionError({ message: `no bookmark came in ${bookmarkTries} watches` });
}

/** Watches, from their beginning to their end. */
export function watchCases(suite: Suite): void {
  test("watches from a list on: each change once, in order, with the object as it then was", async () => {
    await suite.api.create(suite.inSet("watch", "watch-old"), suite.call);
    const { resourceVersion } = await suite.api.list(suite.labelled("watch"), suite.call);
    await suite.api.create(suite.inSet("watch", "watch-a", { n: "1" }), suite.call);
    await suite.api.create(suite.inSet("elsewhere", "watch-b"), suite.call);
    await suite.api.patch(
      suite.reference("watch-a"),
      { type: "merge", body: { data: { n: "2" } } },
      suite.call,
    );
    await suite.api.delete(suite.reference("watch-a"), suite.call);
    const events = await suite.collect(
      suite.labelled("watch"),
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
    const { resourceVersion } = await suite.api.list(suite.labelled("live"), suite.call);
    const watching = suite.collect(
      suite.labelled("live"),
      { resourceVersion },
      (events) => events.length === 2,
    );
    await suite.api.create(suite.inSet("live", "live"), suite.call);
    await suite.api.delete(suite.reference("live"), suite.call);
    assert.deepEqual(changes(await watching), ["ADDED live", "DELETED live"]);
  });

  test("reports an object that no longer fits the selector as deleted, one that now does as added", async () => {
    await suite.api.create(suite.inSet("moves", "moves"), suite.call);
    const { resourceVersion } = await suite.api.list(suite.labelled("moves"), suite.call);
    const label = async (set: string): Promise<unknown> =>
      suite.api.patch(
        suite.reference("moves"),
        { type: "merge", body: { metadata: { labels: { set } } } },
        suite.call,
      );
    await label("away");
    await label("moves");
    const events = await suite.collect(
      suite.labelled("moves"),
      { resourceVersion },
      (events) => events.length === 2,
    );
    assert.deepEqual(changes(events), ["DELETED moves", "ADDED moves"]);
  });

  test("watches one name only, and begins with the state when no version is given", async () => {
    await suite.api.create(suite.configMap("named", { data: { n: "1" } }), suite.call);
    const collection = { apiVersion: "v1", kind: "ConfigMap", namespace: suite.namespace, name: "named" };
    const watching = suite.collect(
      collection,
      { resourceVersion: "" },
      (events) => changes(events).length === 2,
    );
    await suite.api.create(suite.configMap("named-not"), suite.call);
    await suite.api.delete(suite.reference("named"), suite.call);
    const seen = changes(await watching);
    assert.deepEqual(seen, ["ADDED named", "DELETED named"]);
  });

  test("sends a bookmark, if there is news elsewhere, before it ends a watch in good order", async () => {
    await suite.api.create(suite.inSet("bookmark", "bookmark"), suite.call);
    const { resourceVersion } = await suite.api.list(suite.labelled("bookmark"), suite.call);
    const { bookmark, news } = await bookmarkAfter(suite, resourceVersion);
    assert.ok(Number(bookmark) >= news);
    const resumed = suite.collect(
      suite.labelled("bookmark"),
      { resourceVersion: bookmark },
      (events) => events.length === 1,
    );
    await suite.api.create(suite.inSet("bookmark", "bookmark-later"), suite.call);
    assert.deepEqual(changes(await resumed), ["ADDED bookmark-later"]);
  });

  test("ends a watch in good order when its time is over", async () => {
    const { resourceVersion } = await suite.api.list(suite.labelled("over"), suite.call);
    const started = performance.now();
    const events = await suite.collect(
      suite.labelled("over"),
      { resourceVersion, timeoutSeconds: 1 },
      () => false,
    );
    assert.deepEqual(events.at(-1), { type: "ENDED", end: { reason: "closed" } });
    assert.ok(performance.now() - started > 900);
  });

  test("ends a watch from a version long gone as expired", async (context) => {
    if (!suite.target.expire) {
      context.skip("nothing makes this server forget");
      return;
    }
    const { resourceVersion } = await suite.api.list(suite.labelled("expired"), suite.call);
    await suite.api.create(suite.inSet("expired", "expired"), suite.call);
    await suite.target.expire();
    const events = await suite.collect(suite.labelled("expired"), { resourceVersion }, () => false);
    assert.deepEqual(events, [{ type: "ENDED", end: { reason: "expired" } }]);
  });

  test("ends a watch that hears nothing as silent", async () => {
    const { resourceVersion } = await suite.api.list(suite.labelled("silent"), suite.call);
    const events = await suite.collect(
      suite.labelled("silent"),
      { resourceVersion, maxSilence: 300 },
      () => false,
    );
    assert.deepEqual(events, [{ type: "ENDED", end: { reason: "silent" } }]);
  });

  test("ends a watch that can't be opened as failed", async () => {
    const collection = { apiVersion: "stellar.example/v9", kind: "StellarNode", namespace: suite.namespace };
    const events = await suite.collect(collection, { resourceVersion: "" }, () => false);
    const [event] = events;
    assert.ok(event?.type === "ENDED" && event.end.reason === "failed");
    assert.deepEqual([event.end.error.status, event.end.error.reason], [404, "NotFound"]);
  });

  test("waits in silence for a version that is yet to come, and refuses to list from it", async () => {
    const { resourceVersion } = await suite.api.list(suite.labelled("future"), suite.call);
    const future = String(Number(resourceVersion) + 1_000_000);
    const error = await failure(
      suite.api.list(suite.labelled("future"), { ...suite.call, resourceVersion: future }),
    );
    assert.deepEqual([error.status, error.reason, error.transient], [504, "Timeout", true]);
    assert.ok((error.retryAfter ?? 0) > 0);
    const watching = suite.collect(
      suite.labelled("future"),
      { resourceVersion: future, timeoutSeconds: 1 },
      () => false,
    );
    await suite.api.create(suite.inSet("future", "future"), suite.call);
    assert.deepEqual(await watching, [{ type: "ENDED", end: { reason: "closed" } }]);
  });
}
