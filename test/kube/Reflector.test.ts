import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { ApiError } from "../../kube/ApiError.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { ReflectorOptions } from "../../kube/ReflectorOptions.ts";
import type { WatchEnd } from "../../kube/WatchEvent.ts";
import { Heartbeat } from "../../runtime/Heartbeat.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { ScriptedApi } from "./ScriptedApi.ts";

const collection = { apiVersion: "v1", kind: "ConfigMap" };
const closed: WatchEnd = { reason: "closed" };
const random = { next: () => 0.999 };

const object = (name: string, resourceVersion: number): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace: "n", name, resourceVersion: String(resourceVersion), uid: name },
});
const list = (resourceVersion: number | "", ...items: KubeObject[]) => ({
  resourceVersion: String(resourceVersion),
  items,
});
const error = (status: number, reason = "Failed", retryAfter?: number) =>
  new ApiError({ status, reason, message: reason, ...(retryAfter !== undefined && { retryAfter }) });
const failed = (status: number, reason?: string, retryAfter?: number): WatchEnd => ({
  reason: "failed",
  error: error(status, reason, retryAfter),
});
const change = (type: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject) => ({ type, object }) as const;

function setUp(maxAge = 30_000, more: Partial<Pick<ReflectorOptions, "term" | "pulse" | "small">> = {}) {
  const clock = new VirtualClock();
  const api = new ScriptedApi(clock);
  const seen: string[] = [];
  const befores: number[] = [];
  const heartbeat = new Heartbeat("reflector", clock, 10_000);
  const reflector = new Reflector({
    api,
    clock,
    random,
    collection,
    maxAge,
    ...more,
    heartbeat,
    onChange: (before) => {
      befores.push(before);
      seen.push([...reflector.items().keys()].join(" "));
    },
    onFailure: (error) => seen.push(`failure ${error.reason}`),
    onRecovery: () => seen.push("recovery"),
  });
  const stop = new AbortController();
  const running = Promise.resolve()
    .then(() => reflector.run(stop.signal))
    .catch((error: unknown) => error);
  const end = async (): Promise<void> => {
    stop.abort(new Error("over"));
    assert.equal(await running, stop.signal.reason);
  };
  return { clock, api, seen, befores, heartbeat, reflector, end };
}

describe("Reflector", () => {
  test("a list that is older than what was seen changes nothing, and counts as a failure", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(list(10, object("a", 9)), list(8), list(11, object("a", 9), object("b", 11)));
    api.watchScripts.push([{ after: 1_000, end: { reason: "expired" } }]);
    await clock.advance(2_500);
    assert.deepEqual(seen, ["n/a", "failure InvalidAnswer"]);
    await clock.advance(5_000);
    assert.deepEqual([...reflector.items().keys()], ["n/a", "n/b"]);
    await end();
  });

  test("an object that is older than the one held does not come back with a list either", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(list("", object("a", 9)), list("", object("a", 8)), list("", object("a", 10)));
    api.watchScripts.push([{ after: 1_000, end: { reason: "expired" } }]);
    await clock.advance(2_500);
    assert.equal(reflector.items().get("n/a")?.metadata.resourceVersion, "9");
    assert.deepEqual(seen, ["n/a", "failure InvalidAnswer"]);
    await clock.advance(5_000);
    assert.equal(reflector.items().get("n/a")?.metadata.resourceVersion, "10");
    await end();
  });

  test("a server that stays behind for a minute has been brought back from a backup, and is believed", async () => {
    const { clock, api, reflector, end } = setUp();
    api.listAnswers.push(list(10, object("a", 9)), list(5, object("b", 4)));
    api.watchScripts.push([{ after: 1_000, end: { reason: "expired" } }]);
    await clock.advance(60_000);
    assert.deepEqual([...reflector.items().keys()], ["n/a"]);
    await clock.advance(40_000);
    assert.deepEqual([...reflector.items().keys()], ["n/b"]);
    await end();
  });

  test("lists the newest, then watches from there, and follows the events", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push([
      { after: 1_000, event: change("ADDED", object("b", 6)) },
      { after: 1_000, event: change("MODIFIED", object("a", 7)) },
      { after: 1_000, event: change("DELETED", object("b", 8)) },
    ]);
    assert.equal(reflector.synced(), false);
    assert.equal(reflector.age(), Infinity);
    await clock.advance(5_000);
    assert.deepEqual(seen, ["n/a", "n/a n/b", "n/a n/b", "n/a"]);
    assert.equal(reflector.items().get("n/a")?.metadata.resourceVersion, "7");
    assert.equal(reflector.synced(), true);
    assert.equal(api.lists[0]?.options.resourceVersion, undefined);
    assert.equal(api.watches[0]?.options.resourceVersion, "5");
    await end();
  });

  test("says once that it is synced when there is nothing", async () => {
    const { clock, api, seen, end } = setUp();
    api.listAnswers.push(list(5));
    await clock.advance(120_000);
    assert.deepEqual(seen, [""]);
    await end();
  });

  test("stays within its age at one request in maxAge when nothing changes", async () => {
    const { clock, api, reflector, end } = setUp(30_000);
    api.listAnswers.push(list(5, object("a", 3)));
    let oldest = 0;
    for (let second = 0; second < 600; second += 1) {
      await clock.advance(1_000);
      oldest = Math.max(oldest, reflector.age());
    }
    assert.ok(oldest <= 30_000, `${oldest}`);
    assert.equal(api.lists.length, 1);
    assert.equal(api.watches.length, 21);
    await end();
  });

  test("lets each watch last as long as its term then says, less up to a tenth", async () => {
    let term = 3_600_000;
    const { clock, api, end } = setUp(30_000, { term: () => term });
    api.listAnswers.push(list(5, object("a", 3)));
    await clock.advance(3_000_000);
    assert.equal(api.watches.length, 1);
    assert.equal(api.watches[0]?.options.timeoutSeconds, 3_240);
    term = 60_000;
    await clock.advance(300_000);
    assert.equal(api.watches[1]?.options.timeoutSeconds, 54);
    await end();
  });

  test("opens a watch anew when asked to, where it was, a short one first, with no pause and no failure", async () => {
    const { clock, api, seen, reflector, end } = setUp(30_000, { term: () => 3_600_000 });
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push([{ after: 1_000, event: change("ADDED", object("b", 6)) }]);
    await clock.advance(600_000);
    reflector.reopen();
    await clock.advance(0);
    assert.equal(reflector.age(), 599_000);
    await clock.advance(5_000);
    assert.equal(reflector.age(), 0);
    assert.deepEqual(
      api.watches.map(({ at, options }) => [at, options.resourceVersion, options.timeoutSeconds]),
      [
        [0, "5", 3_240],
        [600_000, "6", 5],
        [605_000, "6", 3_240],
      ],
    );
    assert.deepEqual(seen, ["n/a", "n/a n/b"]);
    await end();
  });

  test("opens a watch without a pulse anew, and calls that no failure", async () => {
    const { clock, api, seen, end } = setUp(30_000, { term: () => 3_600_000, pulse: 20_000 });
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push([{ after: 20_000, end: { reason: "silent" } }]);
    await clock.advance(30_000);
    assert.deepEqual(
      api.watches.map(({ at, options }) => [at, options.maxSilence]),
      [
        [0, 20_000],
        [20_000, 20_000],
      ],
    );
    assert.deepEqual(seen, ["n/a"]);
    await end();
  });

  test("lists a small collection again after each failure", async () => {
    const { clock, api, seen, end } = setUp(30_000, { small: true });
    api.listAnswers.push(list(5, object("a", 3)), list(9, object("a", 8)));
    api.watchScripts.push([{ after: 1_000, end: failed(503) }]);
    await clock.advance(10_000);
    assert.equal(api.lists.length, 2);
    assert.equal(api.watches[1]?.options.resourceVersion, "9");
    assert.deepEqual(seen, ["n/a", "failure Failed", "n/a", "recovery"]);
    await end();
  });

  test("says with each change how old the content was until then", async () => {
    const { clock, api, befores, end } = setUp(30_000);
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push([
      { after: 7_000, event: change("ADDED", object("b", 6)) },
      { after: 4_000, event: change("MODIFIED", object("b", 7)) },
    ]);
    await clock.advance(12_000);
    assert.deepEqual(befores, [Infinity, 7_000, 4_000]);
    await end();
  });

  test("goes on from the last bookmark or event, without a list", async () => {
    const { clock, api, end } = setUp();
    api.listAnswers.push(list(5));
    api.watchScripts.push([
      { event: change("ADDED", object("a", 6)) },
      { after: 28_000, event: { type: "BOOKMARK", resourceVersion: "90" } },
    ]);
    api.watchScripts.push([{ event: change("ADDED", object("b", 95)) }]);
    await clock.advance(65_000);
    assert.deepEqual(
      api.watches.map((watch) => watch.options.resourceVersion),
      ["5", "90", "95"],
    );
    assert.equal(api.lists.length, 1);
    await end();
  });

  test("lists again when the version has expired, and tells what changed meanwhile", async () => {
    const { clock, api, seen, end } = setUp();
    api.listAnswers.push(list(5, object("a", 3), object("b", 4)), list(900, object("b", 4)));
    api.watchScripts.push([{ after: 2_000, end: { reason: "expired" } }]);
    await clock.advance(10_000);
    assert.equal(api.lists.length, 2);
    assert.equal(api.watches[1]?.options.resourceVersion, "900");
    assert.deepEqual(seen, ["n/a n/b", "n/b"]);
    await end();
  });

  test("keeps what it has through errors, reports the first and the recovery, and grows old meanwhile", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push([{ after: 1_000, end: failed(0, "ConnectionFailed") }]);
    for (let round = 0; round < 4; round += 1)
      api.watchScripts.push([{ end: failed(0, "ConnectionFailed") }]);
    await clock.advance(12_000);
    assert.deepEqual(seen, ["n/a", "failure ConnectionFailed"]);
    assert.deepEqual([...reflector.items().keys()], ["n/a"]);
    assert.equal(reflector.age(), 12_000);
    await clock.advance(40_000);
    assert.deepEqual(seen, ["n/a", "failure ConnectionFailed", "recovery"]);
    assert.equal(api.lists.length, 1, "an outage must not end in a list by everybody");
    await end();
  });

  test("waits ever longer between failures, up to 30 s, with jitter", async () => {
    const { clock, api, end } = setUp();
    api.listAnswers.push(error(503));
    await clock.advance(200_000);
    const gaps = api.lists.slice(1).map((list, index) => list.at - (api.lists[index]?.at ?? 0));
    assert.deepEqual(
      gaps.slice(0, 7).map((gap) => Math.round(gap / 100) / 10),
      [1, 2, 4, 8, 16, 30, 30],
    );
    await end();
  });

  test("waits as long as Retry-After says", async () => {
    const { clock, api, heartbeat, end } = setUp();
    api.listAnswers.push(error(429, "TooManyRequests", 70_000), list(5));
    await clock.advance(69_000);
    assert.equal(api.lists.length, 1);
    assert.equal(heartbeat.overdue(), 0);
    await clock.advance(2_000);
    assert.equal(api.lists.length, 2);
    await end();
  });

  test("knows within seconds after an outage that all is well again", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(list(5));
    api.watchScripts.push([{ after: 1_000, end: failed(503) }]);
    await clock.advance(8_000);
    assert.deepEqual(seen, ["", "failure Failed", "recovery"]);
    assert.ok(reflector.age() < 2_000);
    assert.deepEqual(
      api.watches.map((watch) => watch.options.timeoutSeconds),
      [30, 5, 30],
    );
    await end();
  });

  test("does not count as up to date while it catches up after an outage, until a watch has ended in good order", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push(
      [{ after: 1_000, end: failed(0, "ConnectionFailed") }],
      [
        { event: change("MODIFIED", object("a", 6)) },
        { after: 100, event: { type: "BOOKMARK", resourceVersion: "7" } },
        { after: 100, event: change("MODIFIED", object("a", 8)) },
      ],
    );
    await clock.advance(2_050);
    assert.equal(reflector.items().get("n/a")?.metadata.resourceVersion, "6");
    assert.equal(reflector.age(), 2_050);
    await clock.advance(4_000);
    assert.equal(reflector.items().get("n/a")?.metadata.resourceVersion, "8");
    assert.deepEqual(seen.at(-1), "n/a");
    assert.ok(reflector.age() > 6_000, `${reflector.age()} ms`);
    await clock.advance(1_000);
    assert.equal(seen.at(-1), "recovery");
    assert.ok(reflector.age() < 1_100, `${reflector.age()} ms`);
    await end();
  });

  test("does not count as up to date by an event that comes after a long silence", async () => {
    const { clock, api, reflector, end } = setUp(30_000, { term: () => 3_600_000 });
    api.listAnswers.push(list(5, object("a", 3)));
    api.watchScripts.push([
      { after: 20_000, event: change("MODIFIED", object("a", 6)) },
      { after: 70_000, event: change("MODIFIED", object("a", 7)) },
    ]);
    await clock.advance(20_000);
    assert.equal(reflector.age(), 0);
    await clock.advance(70_000);
    assert.equal(reflector.age(), 70_000);
    await end();
  });

  test("takes a silent watch for a failure, and watches anew", async () => {
    const { clock, api, seen, end } = setUp();
    api.listAnswers.push(list(5));
    api.watchScripts.push([{ after: 31_000, end: { reason: "silent" } }]);
    await clock.advance(33_000);
    assert.deepEqual(seen, ["", "failure Timeout"]);
    assert.equal(api.watches.length, 2);
    await end();
  });

  test("lists again when a server does not know the version: it may be another one, restored", async () => {
    const { clock, api, reflector, end } = setUp();
    api.listAnswers.push(list(500, object("a", 499)), list(20, object("b", 18)));
    api.watchScripts.push([{ end: failed(504, "Timeout") }]);
    await clock.advance(3_000);
    assert.ok(api.lists.length >= 2);
    assert.deepEqual([...reflector.items().keys()], ["n/a"], "one that is only behind");
    await clock.advance(97_000);
    assert.deepEqual([...reflector.items().keys()], ["n/b"], "one that stays so");
    await end();
  });

  test("does not hammer a server that ends each watch at once, nor believe it", async () => {
    const { clock, api, reflector, end } = setUp();
    api.listAnswers.push(list(5));
    for (let round = 0; round < 100; round += 1) api.watchScripts.push([{ end: closed }]);
    await clock.advance(29_000);
    assert.ok(api.watches.length <= 6, `${api.watches.length} watches`);
    assert.equal(reflector.age(), 29_000);
    assert.equal(api.lists.length, 1);
    await clock.advance(60_000);
    assert.ok(api.lists.length > 1, "a picture that nothing proves must be asked for anew");
    await end();
  });

  test("does not hammer a server on which every version has expired", async () => {
    const { clock, api, end } = setUp();
    api.listAnswers.push(list(5));
    for (let round = 0; round < 100; round += 1) api.watchScripts.push([{ end: { reason: "expired" } }]);
    await clock.advance(30_000);
    assert.ok(api.lists.length <= 6, `${api.lists.length} lists`);
    await end();
  });

  test("is not synced while the resource is not served, and is once it is", async () => {
    const { clock, api, seen, reflector, end } = setUp();
    api.listAnswers.push(error(404, "NotFound"), error(404, "NotFound"), list(7, object("a", 6)));
    await clock.advance(2_000);
    assert.equal(reflector.synced(), false);
    await clock.advance(10_000);
    assert.deepEqual(seen, ["failure NotFound", "n/a", "recovery"]);
    await end();
  });

  test("begins with a replay where there is no version, and drops what it does not name", async () => {
    const { clock, api, seen, end } = setUp();
    api.listAnswers.push(list("", object("a", 3)));
    api.watchScripts.push([{ after: 28_000, event: { type: "BOOKMARK", resourceVersion: "80" } }]);
    await clock.advance(29_000);
    assert.deepEqual(seen, ["n/a", ""]);
    assert.equal(api.watches[0]?.options.resourceVersion, "");
    await end();
  });

  test("is proven by a watch of a full term, for a clock a tenth slow too, and by none that ends much earlier", async () => {
    const ages = async (after: number): Promise<number> => {
      const { clock, api, reflector, end } = setUp();
      api.listAnswers.push(list(5, object("a", 3)));
      api.watchScripts.push([{ after, end: closed }], [{ after, end: closed }]);
      await clock.advance(2 * after + 100);
      const age = reflector.age();
      await end();
      return age;
    };
    assert.ok((await ages(27_300)) < 1_000);
    assert.ok((await ages(20_000)) > 35_000);
  });

  test("never puts an older object in the place of a newer one", async () => {
    const { clock, api, reflector, seen, end } = setUp();
    api.listAnswers.push(list("", object("a", 100)));
    api.watchScripts.push([
      { event: change("ADDED", object("a", 99)) },
      { event: { type: "BOOKMARK", resourceVersion: "101" } },
    ]);
    await clock.advance(1_000);
    assert.equal(reflector.items().get("n/a")?.metadata.resourceVersion, "100");
    assert.deepEqual(seen, ["n/a"]);
    await end();
  });

  test("lets no sequence of errors remove anything", async () => {
    const ends = fc.constantFrom<WatchEnd>(
      closed,
      { reason: "silent" },
      { reason: "expired" },
      failed(0),
      failed(401),
      failed(403),
      failed(404),
      failed(429, "TooManyRequests", 3_000),
      failed(500),
      failed(504),
    );
    const errors = fc.constantFrom(0, 401, 403, 404, 410, 429, 500, 503, 504);
    await fc.assert(
      fc.asyncProperty(fc.array(ends, { maxLength: 12 }), fc.array(errors), async (ends, statuses) => {
        const { clock, api, reflector, heartbeat, end } = setUp();
        api.listAnswers.push(list(5, object("a", 3), object("b", 4)));
        await clock.advance(0);
        api.listAnswers.splice(
          0,
          1,
          ...statuses.map((status) => error(status)),
          list(6, object("a", 3), object("b", 4)),
        );
        api.watchScripts.push(...ends.map((end) => [{ end }]));
        for (let step = 0; step < 20; step += 1) {
          await clock.advance(10_000);
          assert.deepEqual([...reflector.items().keys()], ["n/a", "n/b"]);
          assert.equal(heartbeat.overdue(), 0);
        }
        await end();
      }),
      { numRuns: 25 },
    );
  });
});
