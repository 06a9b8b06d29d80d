import assert from "node:assert/strict";
import { eventually } from "../../runtime/eventually.ts";
import { clusterNames } from "./clusterNames.ts";
import { playIsolation } from "./playIsolation.ts";
import type { Run } from "./Run.ts";

const namespace = clusterNames.validators;
const three = ["alpha", "beta", "gamma"];
const six = [...three, "delta", "epsilon", "zeta"];

/** Validators come, go, move, are cut off and suspended; the leading agent's pod is killed. */
export async function playChanges(run: Run): Promise<void> {
  await comeUp(run);
  await move(run);
  await scale(run);
  await playIsolation(run, six);
  await suspend(run);
  await killLeader(run);
}

async function comeUp({ cluster, fleet, report, spreads }: Run): Promise<void> {
  await report.step(
    "three validators come up injected, under Pod Security restricted, and connect",
    async (say) => {
      const start = performance.now();
      await fleet.create(three);
      for (const name of three) {
        const pod = await fleet.renewed(name, undefined);
        assert.deepEqual(
          pod.spec.containers.map((container) => container.name),
          ["stellar-node", "peer-agent"],
        );
      }
      say(`all containers ready after ${((performance.now() - start) / 1_000).toFixed(1)} s`);
      for (const name of three)
        await eventually(`${name}'s agent answers`, 30_000, () =>
          cluster.agent(namespace, `${name}-0`, "/readyz"),
        );
      say(`all agents ready after ${((performance.now() - start) / 1_000).toFixed(1)} s`);
      say(spreads.add("three validators are created", await fleet.settle(three, start)));
      return undefined;
    },
  );
}

async function move({ cluster, fleet, report, spreads }: Run): Promise<void> {
  await report.step("a pod is deleted, ends within its grace period and returns elsewhere", async (say) => {
    const before = await cluster.pod(namespace, "gamma-0");
    const start = performance.now();
    await cluster.kubectl("delete", "pod", "gamma-0", "-n", namespace, "--timeout=30s");
    const ended = performance.now() - start;
    assert.ok(ended < 25_000, `it took ${ended} ms to end`);
    const after = await fleet.renewed("gamma", before.metadata.uid);
    say(`ended after ${(ended / 1_000).toFixed(1)} s; ${before.status.podIP} became ${after.status.podIP}`);
    assert.notEqual(after.status.podIP, before.status.podIP);
    say(spreads.add("a pod is deleted and made again", await fleet.settle(three, start)));
    return undefined;
  });
}

async function scale({ fleet, report, spreads }: Run): Promise<void> {
  await report.step("three validators more", async (say) => {
    const start = performance.now();
    await fleet.create(six.slice(3));
    say(spreads.add("three validators more", await fleet.settle(six, start)));
    return undefined;
  });
}

async function suspend({ fleet, report, spreads }: Run): Promise<void> {
  await report.step("a validator is suspended", async (say) => {
    const start = performance.now();
    await fleet.suspend("zeta", true);
    say(spreads.add("a validator is suspended", await fleet.settle(six.slice(0, 5), start)));
    return undefined;
  });
}

async function killLeader({ cluster, fleet, report, spreads }: Run): Promise<void> {
  await report.step("the leading agent's pod is killed (deleted by force)", async (say) => {
    const before = await cluster.leader();
    const [, pod = ""] = before.split("/");
    const start = performance.now();
    await cluster.kubectl("delete", "pod", pod, "-n", namespace, "--force", "--grace-period=0");
    const leader = await eventually("another agent leads", 60_000, async () => {
      const now = await cluster.leader();
      return now !== "" && now !== before && now;
    });
    say(
      `${pod} led; ${leader.split("/")[1]} leads after ${((performance.now() - start) / 1_000).toFixed(1)} s`,
    );
    say(spreads.add("the leader's pod is killed and made again", await fleet.settle(six.slice(0, 5), start)));
    return undefined;
  });
}
