import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import * as fc from "fast-check";
import type { SourceSettings } from "../../../agent/discover/Sources.ts";
import { ApiError } from "../../../kube/ApiError.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { FakeApi } from "./FakeApi.ts";
import { objects } from "./objects.ts";
import { RunningDiscovery } from "./RunningDiscovery.ts";

const { node, slice, endpoint } = objects;
const selected = { "stellar.org/node-type": "Validator", "stellar-network": "testnet" };

function failure(status: number): ApiError {
  return new ApiError({
    status,
    reason: status === 404 ? "NotFound" : "Failed",
    message: `status ${status}`,
  });
}

function validator(name: string, ip: string): ReturnType<typeof node>[] {
  return [node(name), slice(name, [endpoint(ip, { pod: `${name}-0` })], { labels: selected })];
}

interface Scene {
  readonly clock: VirtualClock;
  readonly api: FakeApi;
  readonly running: RunningDiscovery;
}

function start(
  t: TestContext,
  settings: Partial<SourceSettings> = {},
  prepare?: (api: FakeApi) => void,
): Scene {
  const clock = new VirtualClock();
  const api = new FakeApi(clock);
  api.put(...validator("a", "10.0.0.1"), ...validator("b", "10.0.0.2"));
  prepare?.(api);
  const running = new RunningDiscovery(api, clock, settings);
  t.after(() => running.stop());
  return { clock, api, running };
}

describe("Discovery", () => {
  it("has no picture and an infinite age until both collections are complete", async (t) => {
    const { clock, api, running } = start(t, {}, (api) => api.trouble("EndpointSlice", failure(503)));
    await clock.advance(5_000);
    assert.equal(running.discovery.current(), undefined);
    assert.equal(running.discovery.age(), Infinity);
    assert.equal(running.discovery.unchangedFor(), 0);
    assert.equal(running.changes, 0);
    api.trouble("EndpointSlice", "none");
    await clock.advance(30_000);
    assert.deepEqual(running.peers(), ["a@10.0.0.1:11625", "b@10.0.0.2:11625"]);
    assert.ok(running.discovery.age() <= 30_000);
  });

  it("does not count as fresh, after a long failure, before it shows what happened meanwhile", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.trouble("StellarNode", failure(410));
    await clock.advance(60_000);
    api.put(...validator("c", "10.0.0.3"));
    await clock.advance(60_000);
    assert.ok(running.discovery.age() > 60_000);
    api.trouble("StellarNode", "none");
    for (let passed = 0; passed < 60_000 && running.discovery.age() > 60_000; passed += 5)
      await clock.advance(5);
    assert.ok(running.discovery.age() < 60_000, "it recovers");
    assert.deepEqual(running.peers(), ["a@10.0.0.1:11625", "b@10.0.0.2:11625", "c@10.0.0.3:11625"]);
  });

  it("knows for how long it has been the same, whatever comes that changes no peer", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(60_000);
    api.put(slice("b", [endpoint("10.0.0.2", { pod: "b-0" })], { labels: selected, name: "b-more" }));
    await clock.advance(30_000);
    assert.ok(running.discovery.unchangedFor() > 89_000);
    api.put(...validator("c", "10.0.0.3"));
    await clock.advance(1_000);
    assert.ok(running.discovery.unchangedFor() < 1_000);
  });

  it("follows StellarNodes and slices that come, change, are suspended and go", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    assert.equal(running.changes, 1);
    api.put(...validator("c", "10.0.0.3"));
    await clock.advance(200);
    assert.deepEqual(running.peers(), ["a@10.0.0.1:11625", "b@10.0.0.2:11625", "c@10.0.0.3:11625"]);
    assert.equal(running.changes, 2);
    api.put(slice("a", [endpoint("10.0.0.9")], { labels: selected }));
    await clock.advance(200);
    api.put(node("b", { suspended: true }));
    await clock.advance(200);
    api.remove(node("c"));
    await clock.advance(200);
    assert.deepEqual(running.peers(), ["a@10.0.0.9:11625"]);
    assert.deepEqual(running.events("info"), [
      "discovery.source",
      "discovery.synced",
      ...Array<string>(4).fill("discovery.changed"),
    ]);
  });

  it("stays quiet when something changed that makes no other list", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.put(node("a", { status: { phase: "Running" } }));
    await clock.advance(1_000);
    assert.equal(running.changes, 1);
    assert.equal(running.events().includes("discovery.changed"), false);
  });

  it("is never older than the poll interval while the API answers, at two requests in that time", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    const before = api.requests.length;
    for (let second = 0; second < 300; second += 1) {
      await clock.advance(1_000);
      assert.ok(running.discovery.age() <= 30_000, `age ${running.discovery.age()} at second ${second}`);
    }
    assert.ok(api.requests.length - before <= 20, `${api.requests.length - before} requests in 300 s`);
  });

  it("counts a watch that has gone silent as old, keeps the picture, and says so once", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.trouble("EndpointSlice", "silent");
    await clock.advance(120_000);
    assert.ok(running.discovery.age() > 60_000);
    assert.deepEqual(running.peers(), ["a@10.0.0.1:11625", "b@10.0.0.2:11625"]);
    assert.deepEqual(running.events("warn"), ["discovery.failed"]);
    assert.equal(running.failing.get("EndpointSlice"), true);
    assert.ok(Object.keys(running.discovery.status().failures).includes("EndpointSlice"));
    api.trouble("EndpointSlice", "none");
    await clock.advance(60_000);
    assert.ok(running.discovery.age() < 30_000);
    assert.equal(running.failing.get("EndpointSlice"), false);
    assert.equal(running.events().filter((event) => event === "discovery.recovered").length, 1);
  });

  it("makes progress, as its heartbeat shows, while the API is away", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.trouble("StellarNode", "hang");
    api.trouble("EndpointSlice", "hang");
    for (let minute = 0; minute < 30; minute += 1) {
      await clock.advance(60_000);
      assert.equal(running.heartbeat.overdue(), 0);
    }
  });

  it("reports omissions in its status, and each once at debug", async (t) => {
    const { clock, api, running } = start(t, {}, (api) => api.put(node("h", { nodeType: "Horizon" })));
    await clock.advance(1_000);
    api.put(node("h", { nodeType: "Horizon", status: {} }));
    await clock.advance(60_000);
    assert.deepEqual(
      running.discovery.status().omissions.map(({ name, reason }) => [name, reason]),
      [["h", "not-a-validator"]],
    );
    assert.deepEqual(running.events("debug"), ["discovery.omitted"]);
    const status = running.discovery.status();
    assert.deepEqual(
      [status.source, status.peers, status.peersByNetwork],
      ["stellarnodes", 2, { testnet: 2 }],
    );
  });
});

describe("Discovery with source auto", () => {
  it("takes EndpointSlices at once when StellarNodes are not served", async (t) => {
    const { clock, running } = start(t, {}, (api) => api.trouble("StellarNode", failure(404)));
    await clock.advance(1_000);
    assert.deepEqual(running.peers(), ["a-0@10.0.0.1:11625", "b-0@10.0.0.2:11625"]);
    assert.equal(running.discovery.status().source, "endpointslices");
    assert.deepEqual(running.events("warn"), []);
  });

  it("takes StellarNodes as soon as they are served", async (t) => {
    const { clock, api, running } = start(t, {}, (api) => api.trouble("StellarNode", failure(404)));
    await clock.advance(300_000);
    api.trouble("StellarNode", "none");
    await clock.advance(40_000);
    assert.deepEqual(running.peers(), ["a@10.0.0.1:11625", "b@10.0.0.2:11625"]);
    assert.equal(running.lines.findLast((line) => line.event === "discovery.source")?.source, "stellarnodes");
  });

  it("asks no more than the bound while it waits for StellarNodes to be served", async (t) => {
    const { clock, api } = start(t, {}, (api) => api.trouble("StellarNode", failure(404)));
    await clock.advance(300_000);
    const before = api.requests.length;
    await clock.advance(300_000);
    assert.ok(api.requests.length - before <= 30, `${api.requests.length - before} requests in 300 s`);
  });

  it("keeps the picture when the CRD vanishes for less than a minute", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.trouble("StellarNode", failure(404));
    await clock.advance(50_000);
    api.trouble("StellarNode", "none");
    await clock.advance(120_000);
    assert.equal(running.changes, 1);
    assert.equal(running.discovery.status().source, "stellarnodes");
  });

  it("goes over to EndpointSlices when the CRD has definitely been gone for a minute", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.trouble("StellarNode", failure(404));
    await clock.advance(59_000);
    assert.equal(running.discovery.status().source, "stellarnodes");
    await clock.advance(20_000);
    assert.equal(running.discovery.status().source, "endpointslices");
    assert.deepEqual(running.peers(), ["a-0@10.0.0.1:11625", "b-0@10.0.0.2:11625"]);
  });

  it("keeps the picture of a vanished CRD until the other source is complete", async (t) => {
    const { clock, api, running } = start(t);
    await clock.advance(1_000);
    api.trouble("StellarNode", failure(404));
    api.trouble("EndpointSlice", failure(503));
    await clock.advance(600_000);
    assert.deepEqual(running.peers(), ["a@10.0.0.1:11625", "b@10.0.0.2:11625"]);
    api.trouble("EndpointSlice", "none");
    await clock.advance(60_000);
    assert.deepEqual(running.peers(), ["a-0@10.0.0.1:11625", "b-0@10.0.0.2:11625"]);
  });

  it("decides nothing when the API forbids or fails to say whether StellarNodes are served", async (t) => {
    for (const status of [403, 500, 0]) {
      const { clock, running } = start(t, {}, (api) => api.trouble("StellarNode", failure(status)));
      await clock.advance(120_000);
      assert.equal(running.discovery.current(), undefined);
      assert.deepEqual(running.events("warn"), ["discovery.failed"]);
    }
  });

  it("starts with EndpointSlices when the API fails first and then says that there are no StellarNodes", async (t) => {
    const { clock, api, running } = start(t, {}, (api) => api.trouble("StellarNode", failure(0)));
    await clock.advance(20_000);
    api.trouble("StellarNode", failure(404));
    await clock.advance(10_000);
    assert.equal(running.discovery.status().source, "endpointslices");
  });
});

describe("Discovery, whatever the API fails with", () => {
  const trouble = fc.record({
    kind: fc.constantFrom("StellarNode", "EndpointSlice"),
    trouble: fc.constantFrom<"none" | "hang" | "silent" | number>(
      "none",
      "hang",
      "silent",
      0,
      401,
      403,
      404,
      410,
      429,
      500,
      503,
    ),
    seconds: fc.integer({ min: 0, max: 90 }),
  });

  it("never removes a peer because of errors", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("stellarnodes" as const, "endpointslices" as const),
        fc.array(trouble, { maxLength: 12 }),
        async (discoverySource, troubles) => {
          const clock = new VirtualClock();
          const api = new FakeApi(clock);
          api.put(...validator("a", "10.0.0.1"), ...validator("b", "10.0.0.2"));
          const running = new RunningDiscovery(api, clock, { discoverySource });
          await clock.advance(1_000);
          for (const { kind, trouble, seconds } of troubles) {
            api.trouble(kind, typeof trouble === "number" ? failure(trouble) : trouble);
            await clock.advance(seconds * 1_000);
            assert.equal(running.peers()?.length, 2);
          }
          assert.equal(running.changes, 1);
          await running.stop();
        },
      ),
      { numRuns: 25 },
    );
  });
});
