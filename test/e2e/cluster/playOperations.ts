import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { eventually } from "../../runtime/eventually.ts";
import { clusterNames } from "./clusterNames.ts";
import { describeSpread } from "./describeSpread.ts";
import { installChart } from "./installChart.ts";
import type { Run } from "./Run.ts";
import { runCommand } from "./runCommand.ts";
import { validatorPodSpec } from "./validatorObjects.ts";

const { system, validators: namespace, release } = clusterNames;
const five = ["alpha", "beta", "gamma", "delta", "epsilon"];
const cli = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

/** What people do with a cluster: restarts, upgrades gone wrong, Jobs, looking, uninstallation. */
export async function playOperations(run: Run): Promise<void> {
  await restart(run);
  await missingImage(run);
  await runJob(run);
  await look(run);
  await uninstall(run);
}

async function restart({ cluster, fleet, report }: Run): Promise<void> {
  await report.step("the webhook is restarted during a rolling restart of all validators", async (say) => {
    const start = performance.now();
    const before = new Map(
      (await cluster.pods(namespace)).map(({ metadata }) => [metadata.name, metadata.uid] as const),
    );
    await cluster.kubectl("rollout", "restart", "deployment", "-n", system);
    await cluster.kubectl("rollout", "restart", "statefulset", ...five, "-n", namespace);
    for (const name of five) await fleet.renewed(name, before.get(`${name}-0`));
    await cluster.kubectl("rollout", "status", "deployment", "-n", system, "--timeout=90s");
    say("all five were injected again");
    say(describeSpread(await fleet.settle(five, start)));
    return undefined;
  });
}

async function missingImage({ cluster, fleet, report }: Run): Promise<void> {
  await report.step(
    "an upgrade to an agent's image that can't be pulled: Core runs all the same",
    async (say) => {
      await installChart(cluster, "absent");
      const before = await cluster.pod(namespace, "beta-0");
      await cluster.kubectl("delete", "pod", "beta-0", "-n", namespace, "--timeout=30s");
      const reason = await eventually("Core runs and the agent's image can't be pulled", 60_000, async () => {
        const containers = await fleet.containers("beta");
        const core = containers.get("stellar-node")?.ready === true;
        const waiting = containers.get("peer-agent")?.state.waiting?.reason ?? "";
        return core && /ImagePull|ErrImage/.test(waiting) && waiting;
      });
      say(`beta's Core runs, its agent waits: ${reason}`);
      const start = performance.now();
      await installChart(cluster);
      const bare = await cluster.pod(namespace, "beta-0");
      assert.notEqual(bare.metadata.uid, before.metadata.uid);
      await cluster.kubectl("delete", "pod", "beta-0", "-n", namespace, "--timeout=30s");
      await fleet.renewed("beta", bare.metadata.uid);
      say(describeSpread(await fleet.settle(five, start)));
      return undefined;
    },
  );
}

async function runJob({ cluster, report, coreImage }: Run): Promise<void> {
  await report.step("a Job with an injected pod completes", async (say) => {
    const metadata = { namespace, name: "job", labels: { [clusterNames.label]: "true" } };
    const labels = { "peer-discovery.stellar.org/injection": "enabled" };
    const spec = { ...validatorPodSpec(coreImage, 5), restartPolicy: "Never" };
    const template = { metadata: { labels }, spec };
    const job = { apiVersion: "batch/v1", kind: "Job", metadata, spec: { backoffLimit: 0, template } };
    await cluster.apply([job]);
    await cluster.kubectl("wait", "job/job", "-n", namespace, "--for=condition=Complete", "--timeout=90s");
    const pod = (await cluster.pods(namespace)).find(({ metadata: { name } }) => name?.startsWith("job-"));
    const agents = (pod?.spec.initContainers ?? []).map(({ name }) => name);
    assert.deepEqual(agents, ["peer-agent"]);
    say("the agent was a native sidecar, which ended with it");
    return undefined;
  });
}

async function look({ cluster, report }: Run): Promise<void> {
  await report.step("logs, probes, explain and status from outside", async (say) => {
    const log = await cluster.kubectl("logs", "alpha-0", "-c", "peer-agent", "-n", namespace);
    assert.match(log, /"event":"peers.confirmed"/);
    for (const path of ["/healthz", "/readyz", "/metrics"]) await cluster.agent(namespace, "alpha-0", path);
    say(`${log.trim().split("\n").length} lines of log, /healthz, /readyz and /metrics answer`);
    const explained = await runCommand(["node", cli, "explain", "alpha-0", "-n", namespace]);
    say(`explain: ${explained.trim().split("\n")[0] ?? ""}`);
    const status = await runCommand(["node", cli, "status", "-n", namespace]);
    assert.match(status, /alpha-0|5/);
    say(`status: ${status.trim().split("\n")[0] ?? ""}`);
    return undefined;
  });
}

async function uninstall({ cluster, report }: Run): Promise<void> {
  await report.step("helm uninstall leaves validators alone", async (say) => {
    const story = async (): Promise<readonly string[]> =>
      (await cluster.pods(namespace)).map(({ metadata, status }) => {
        const restarts = (status.containerStatuses ?? []).map(({ restartCount }) => restartCount);
        return `${metadata.name} ${metadata.uid} ${restarts.join()}`;
      });
    const before = await story();
    await cluster.helm("uninstall", release, "-n", system, "--wait", "--timeout=60s");
    await eventually("the webhook is gone", 60_000, async () => (await cluster.pods(system)).length === 0);
    assert.deepEqual(await story(), before);
    for (const name of five) {
      const { apply } = await cluster.status(namespace, `${name}-0`);
      const connected = apply.peers.filter(({ state }) => state === "connected").length;
      assert.equal(connected, five.length - 1, `${name} is connected to ${connected}`);
    }
    say("same pods, no restarts, all still connected");
    return undefined;
  });
}
