import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { TestContext } from "node:test";
import type { ConfigMap } from "../../agent/publish/ConfigMap.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { AgentsOnServer } from "./server/AgentsOnServer.ts";
import type { RunningAgent } from "./server/RunningAgent.ts";
import { summarize } from "./server/summarize.ts";

const control = await useControlPlane(import.meta.url, { alone: true });

const validators = 100;
/** Changes, graceful failovers and crashes; `npm run test:latency` has 20 and more of each. */
const changes = Number(process.env["LATENCY_CHANGES"] ?? "10");
const handovers = Number(process.env["LATENCY_HANDOVERS"] ?? "3");
const crashes = Number(process.env["LATENCY_CRASHES"] ?? "1");

describe("how soon the list follows, on a real API server", { skip: control.skip, timeout: 900_000 }, () => {
  let scene: AgentsOnServer;
  const signal = AbortSignal.timeout(900_000);

  const stored = async (): Promise<ConfigMap> => {
    const { peers: namespace } = scene.chart;
    return scene.admin.get<ConfigMap>(
      { apiVersion: "v1", kind: "ConfigMap", namespace, name: "stellar-peers" },
      { signal },
    );
  };
  const lists = (address: string) => async (): Promise<boolean> =>
    ((await stored()).data?.["peers.txt"] ?? "").includes(`${address}:`);
  const report = (t: TestContext, what: string, durations: readonly number[]): number => {
    const { p50, p99, max } = summarize(durations);
    const [median, high, most] = [p50, p99, max].map((value) => value.toFixed(0));
    t.diagnostic(`${what}: ${durations.length} times, median ${median} ms, p99 ${high} ms, most ${most} ms`);
    return p99;
  };
  /** Ends the leader; resolves with the milliseconds until another one leads. */
  const succeed = async (end: (leader: RunningAgent) => Promise<void>): Promise<number> => {
    const leader = await scene.leader(30_000);
    const next = await scene.start();
    await eventually("its successors are ready", 20_000, () => next.synced());
    await eventually("the leader is known", 10_000, () => next.log.about("leader.changed").length > 0);
    scene.forget(leader);
    const began = performance.now();
    const ended = end(leader);
    await scene.leader(30_000);
    const took = performance.now() - began;
    await ended;
    return took;
  };

  before(async () => {
    if (control.skip) return;
    scene = await AgentsOnServer.install(control);
    await scene.fleet.create(validators);
    for (let index = 0; index < 3; index += 1) await scene.start();
    await eventually("all validators are published", 30_000, lists("10.0.0.100"));
  });

  after(async () => {
    if (!control.skip) await scene.close();
  });

  it("writes a slice's change within 1.5 s, 99 times in 100", async (t) => {
    const durations: number[] = [];
    for (let change = 1; change <= changes; change += 1) {
      const began = performance.now();
      const address = await scene.fleet.move(change % validators, 1 + Math.floor(change / validators));
      await eventually(`${address} is published`, 10_000, lists(address));
      durations.push(performance.now() - began);
    }
    assert.ok(report(t, "slice to ConfigMap", durations) < 1_500);
  });

  it("has another leader within 1 s when one ends in good order", async (t) => {
    const durations: number[] = [];
    for (let round = 0; round < handovers; round += 1)
      durations.push(await succeed((leader) => leader.stop()));
    assert.ok(report(t, "graceful failover", durations) < 1_000);
  });

  it("has another leader within 16 s when one dies, which then publishes under a higher epoch", async (t) => {
    const durations: number[] = [];
    for (let round = 0; round < crashes; round += 1) {
      const before = (await stored()).data?.["revision"] ?? "";
      durations.push(await succeed((leader) => leader.crash()));
      const address = await scene.fleet.move(round, 50 + round);
      await eventually("the new leader publishes", 10_000, lists(address));
      const revision = (await stored()).data?.["revision"] ?? "";
      assert.ok(Number(revision.split(".")[0]) > Number(before.split(".")[0]), `${before} then ${revision}`);
    }
    assert.ok(report(t, "failover after a crash", durations) < 16_000);
  });
});
