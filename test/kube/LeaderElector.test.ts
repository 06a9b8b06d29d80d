import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { ApiError } from "../../kube/ApiError.ts";
import type { Lease, LeaseSpec } from "../../kube/election/Lease.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { Candidate } from "./election/Candidate.ts";
import type { CandidateOptions } from "./election/Candidate.ts";
import { SmallApi } from "./election/SmallApi.ts";

const hour = 3_600_000;
let clock = new VirtualClock();
let api = new SmallApi(clock);
let candidates: Candidate[] = [];

function lease(spec: LeaseSpec = {}): Lease {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { namespace: "stellar-system", name: "stellar-peers" },
    spec,
  };
}

function stored(): LeaseSpec | undefined {
  const lease: Lease | undefined = api.read("Lease", "stellar-peers");
  return lease?.spec;
}

function open(spec?: LeaseSpec): void {
  clock = new VirtualClock();
  api = new SmallApi(clock);
  candidates = [];
  if (spec) api.put(lease(spec));
}

function candidate(identity: string, options: Partial<CandidateOptions> = {}): Candidate {
  const made = new Candidate({ api, clock, identity, ...options }).start();
  candidates.push(made);
  return made;
}

/** Rejects writes of the Lease; reads and watches go on. */
function refuseWrites(error: ApiError): void {
  api.before = (call) => {
    if (call.verb === "update") throw error;
  };
}

const unavailable = new ApiError({ status: 503, reason: "ServiceUnavailable", message: "busy" });

describe("LeaderElector", () => {
  afterEach(async () => {
    api.before = () => undefined;
    api.after = () => undefined;
    const ending = Promise.all(candidates.map((one) => one.stop()));
    await clock.advance(60_000);
    await ending;
  });

  it("leads with epoch 1 when nobody ever held the Lease", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    assert.deepEqual(a.elector.leadership(), { role: "leading", epoch: 1 });
    assert.equal(stored()?.leaseTransitions, 1);
    assert.match(stored()?.renewTime ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it("knows nothing before the API has answered", async () => {
    open({});
    api.before = (_call, signal) => clock.sleep(9000, signal);
    const a = candidate("a");
    await clock.advance(1000);
    assert.deepEqual(a.elector.leadership(), { role: "unknown" });
  });

  it("renews without changing transitions or the time of acquisition", async () => {
    open({});
    candidate("a");
    await clock.advance(1000);
    const first = stored();
    await clock.advance(120_000);
    assert.equal(stored()?.leaseTransitions, 1);
    assert.equal(stored()?.acquireTime, first?.acquireTime);
    assert.notEqual(stored()?.renewTime, first?.renewTime);
  });

  it("follows the holder while it renews, and costs next to nothing", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    const before = api.calls.length;
    const b = candidate("b");
    await clock.advance(120_000);
    assert.deepEqual(b.elector.leadership(), { role: "following", holder: "a" });
    assert.equal(a.epochs.length, 1);
    const others = api.calls.slice(before).filter((call) => call.verb !== "update");
    assert.ok(others.length <= 6, `${others.length} requests in two minutes from both`);
  });

  for (const offset of [-hour, hour]) {
    it(`does not mind a wall clock that is ${offset / hour} h off`, async () => {
      open({});
      const a = candidate("a");
      await clock.advance(1000);
      clock.wallOffset += offset;
      const b = candidate("b");
      await clock.advance(60_000);
      assert.equal(b.epochs.length, 0);
      assert.deepEqual(a.elector.leadership(), { role: "leading", epoch: 1 });
    });
  }

  it("takes over a Lease that was not renewed for its duration, as seen by itself", async () => {
    open({ holderIdentity: "gone", leaseDurationSeconds: 15, leaseTransitions: 6 });
    const a = candidate("a");
    await clock.advance(14_900);
    assert.deepEqual(a.elector.leadership(), { role: "following", holder: "gone" });
    await clock.advance(1000);
    assert.deepEqual(a.elector.leadership(), { role: "leading", epoch: 7 });
  });

  it("takes its own Lease over again at once, without a transition", async () => {
    open({ holderIdentity: "a", leaseDurationSeconds: 15, leaseTransitions: 6, acquireTime: "before" });
    const a = candidate("a");
    await clock.advance(10);
    assert.deepEqual(a.elector.leadership(), { role: "leading", epoch: 6 });
    assert.equal(stored()?.acquireTime, "before");
  });

  it("hands the Lease back after its work has settled, and the next one leads within a second", async () => {
    open({});
    let settled = false;
    const a = candidate("a", {
      work: async (_term, signal) => {
        await clock.sleep(hour, signal).catch(() => undefined);
        await clock.sleep(300, new AbortController().signal);
        assert.equal(stored()?.holderIdentity, "a");
        settled = true;
      },
    });
    await clock.advance(1000);
    const b = candidate("b");
    await clock.advance(1000);
    const stopping = a.stop();
    await clock.advance(299);
    assert.equal(stored()?.holderIdentity, "a");
    await clock.advance(2);
    assert.ok(settled);
    await stopping;
    assert.deepEqual([stored()?.holderIdentity, stored()?.leaseDurationSeconds], ["", 1]);
    assert.equal(stored()?.leaseTransitions, 1);
    await clock.advance(700);
    assert.deepEqual(b.elector.leadership(), { role: "leading", epoch: 2 });
    assert.equal(a.log.about("leader.released").length, 1);
  });

  it("leaves the Lease to expire when its work does not settle", async () => {
    open({});
    const a = candidate("a", { work: () => new Promise(() => undefined) });
    await clock.advance(1000);
    const stopping = a.stop();
    await clock.advance(10_001);
    await stopping;
    assert.equal(stored()?.holderIdentity, "a");
    assert.equal(a.log.about("leader.released").length, 0);
  });

  it("releases only when still the holder", async () => {
    open({});
    const a = candidate("a", {
      work: async (_term, signal) => {
        await clock.sleep(hour, signal).catch(() => undefined);
        api.put(lease({ holderIdentity: "b", leaseTransitions: 2, leaseDurationSeconds: 15 }));
      },
    });
    await clock.advance(1000);
    await a.stop();
    assert.equal(stored()?.holderIdentity, "b");
    assert.equal(a.log.about("leader.released").length, 0);
  });

  it("stops its work by the renew deadline when renewals fail", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    refuseWrites(unavailable);
    await clock.advance(9200);
    assert.ok(a.acting);
    await clock.advance(300);
    assert.ok(!a.acting);
    assert.equal(a.log.about("leader.failed").length, 1);
    assert.equal(a.log.about("leader.lost")[0]?.reason, "overdue");
  });

  it("tries twice within the deadline when the first renewal hangs", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    let hung = 0;
    api.before = (call, signal) => {
      const first = call.verb === "update" && (hung += 1) === 1;
      return first ? clock.sleep(hour, signal) : undefined;
    };
    await clock.advance(20_000);
    assert.ok(a.acting);
    assert.deepEqual(a.epochs, [1]);
  });

  it("counts an answer that came after the deadline for nothing", async () => {
    open({});
    const a = candidate("a", {
      timing: {
        leaseDuration: 15_000,
        renewDeadline: 10_000,
        renewPeriod: 100,
        retryPeriod: 2000,
        jitter: 0,
      },
    });
    await clock.advance(50);
    api.after = (call, signal) => (call.verb === "update" ? clock.sleep(hour, signal) : undefined);
    await clock.advance(10_100);
    assert.ok(!a.acting);
  });

  it("goes on with its term when the answer to a renewal was lost", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    let lost = 0;
    api.after = (call) => {
      if (call.verb === "update" && (lost += 1) === 1) throw unavailable;
    };
    await clock.advance(30_000);
    assert.deepEqual(a.epochs, [1]);
    assert.ok(a.acting);
    assert.equal(stored()?.leaseTransitions, 1);
  });

  it("ends its term when somebody else holds the Lease, and follows", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    api.put(lease({ holderIdentity: "b", leaseTransitions: 2, leaseDurationSeconds: 15 }));
    await clock.advance(1);
    assert.ok(!a.acting);
    assert.deepEqual(a.elector.leadership(), { role: "following", holder: "b" });
    assert.equal(a.log.about("leader.changed")[0]?.holder, "b");
  });

  it("ends its term when the Lease is deleted, says what is missing, and waits for it", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    api.remove("Lease", "stellar-peers");
    await clock.advance(40_000);
    assert.ok(!a.acting);
    assert.deepEqual(a.elector.leadership(), { role: "following", holder: "" });
    const missing = a.log.about("leader.failed");
    assert.equal(missing.length, 1);
    assert.match(missing[0]?.message ?? "", /stellar-system\/stellar-peers does not exist.*provisioner/);
    assert.equal(api.calls.filter((call) => call.verb === "create").length, 0);
    api.put(lease({ leaseTransitions: 9 }));
    await clock.advance(1000);
    assert.deepEqual(a.elector.leadership(), { role: "leading", epoch: 10 });
  });

  it("creates a missing Lease when it may", async () => {
    open();
    const a = candidate("a", { create: true });
    const b = candidate("b", { create: true });
    await clock.advance(1000);
    assert.deepEqual([a, b].map((one) => one.elector.leadership().role).sort(), ["following", "leading"]);
    assert.equal(stored()?.leaseTransitions, 1);
  });

  it("begins a new term when leaseTransitions were edited by hand", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    api.put(lease({ ...stored(), leaseTransitions: 40 }));
    await clock.advance(12_000);
    assert.deepEqual(a.epochs, [1, 40]);
  });

  it("puts right what was edited in its Lease and goes on", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    api.put(lease({ ...stored(), leaseDurationSeconds: 1 }));
    const b = candidate("b");
    await clock.advance(12_000);
    assert.equal(stored()?.leaseDurationSeconds, 15);
    assert.deepEqual([a.epochs, b.epochs], [[1], []]);
  });

  it("is not locked out for long by a duration edited by hand", async () => {
    open({ holderIdentity: "gone", leaseDurationSeconds: 1_000_000_000 });
    const a = candidate("a");
    await clock.advance(61_000);
    assert.equal(a.elector.leadership().role, "leading");
  });

  it("does not take over when only its watch is dead", async () => {
    open({});
    const a = candidate("a");
    await clock.advance(1000);
    const b = candidate("b");
    await clock.advance(100);
    api.after = (call, signal) => (call.verb === "watch" ? clock.sleep(hour, signal) : undefined);
    await clock.advance(60_000);
    assert.deepEqual(a.epochs, [1]);
    assert.deepEqual(b.epochs, []);
    assert.equal(stored()?.leaseTransitions, 1);
  });

  it("hands the Lease back and backs off when its work fails", async () => {
    open({});
    const a = candidate("a", { work: () => Promise.reject(new Error("broken")) });
    await clock.advance(60_000);
    assert.ok(a.epochs.length >= 4 && a.epochs.length <= 12, `${a.epochs.length} terms in a minute`);
    assert.equal(a.log.about("leader.lost")[0]?.reason, "failed");
    const b = candidate("b");
    await clock.advance(20_000);
    assert.equal(b.elector.leadership().role, "leading");
  });

  it("explains that rights are missing, once", async () => {
    open({});
    refuseWrites(new ApiError({ status: 403, reason: "Forbidden", message: "no" }));
    const a = candidate("a");
    await clock.advance(60_000);
    const lines = a.log.about("leader.failed");
    assert.equal(lines.length, 1);
    assert.match(lines[0]?.message ?? "", /rights/);
  });

  it("refuses a timing that would make two leaders", () => {
    open({});
    const timing = {
      leaseDuration: 10_000,
      renewDeadline: 10_000,
      renewPeriod: 5,
      retryPeriod: 2,
      jitter: 0,
    };
    assert.throws(() => new Candidate({ api, clock, identity: "a", timing }), RangeError);
  });

  it("makes one leader of two hundred candidates, with few requests", async () => {
    open({});
    api.before = (_call, signal) => clock.sleep(5, signal);
    let seed = 1;
    const random = { next: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 };
    for (let index = 0; index < 200; index += 1) candidate(`c${index}`, { random });
    await clock.advance(3000);
    assert.equal(candidates.filter((one) => one.acting).length, 1);
    assert.equal(stored()?.leaseTransitions, 1);
    const tries = api.calls.filter((call) => call.verb === "update").length;
    assert.ok(tries < 40, `${tries} tries to take the Lease`);
  });
});
