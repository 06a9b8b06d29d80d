import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { eventually } from "../../runtime/eventually.ts";
import { clusterNames } from "./clusterNames.ts";
import { installChart } from "./installChart.ts";
import type { Run } from "./Run.ts";
import { runCommand } from "./runCommand.ts";
import { validatorPodSpec } from "./validatorObjects.ts";

const { system, validators: namespace, release, nextTag } = clusterNames;
const five = ["alpha", "beta", "gamma", "delta", "epsilon"];
const cli = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

/** What people do with a cluster: restarts, upgrades gone wrong, Jobs, looking, uninstallation. */
export async function playOperations(run: Run): Promise<void> {
  await restart(run);
  await upgrade(run);
  await missingImage(run);
  await runJob(run);
  await look(run);
  await uninstall(run);
}

async function restart({ cluster, fleet, report, spreads }: Run): Promise<void> {
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
    say(spreads.add("rolling restart of all five", await fleet.settle(five, start)));
    return undefined;
  });
}

interface Told {
  readonly reason?: string;
  readonly regarding?: { readonly name?: string };
}

/** What the command line says of pods whose agent is not what pods made now get, once it counts so many. */
async function outdated(count: number): Promise<string> {
  return eventually(`status counts ${count} old agents`, 30_000, async () => {
    const text = await runCommand(["node", cli, "status", "-n", namespace, "-o", "json"]);
    const { findings } = JSON.parse(text) as {
      readonly findings: readonly { readonly code: string; readonly detail: string }[];
    };
    const detail = findings.find(({ code }) => code === "agent-outdated")?.detail ?? "";
    assert.match(detail, new RegExp(`image .*:${nextTag}: ${count}$`));
    return detail;
  });
}

async function upgrade({ cluster, fleet, report, spreads }: Run): Promise<void> {
  await report.step("an upgrade of the agent's image: old agents run on, and are reported", async (say) => {
    const uids = async (): Promise<readonly string[]> =>
      (await cluster.pods(namespace)).map(({ metadata }) => metadata.uid ?? "").toSorted();
    const before = await uids();
    await installChart(cluster, { agentTag: nextTag });
    assert.deepEqual(await uids(), before);
    say(`status: ${await outdated(5)}`);
    const events = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
    await eventually("an Event on each old pod", 60_000, async () => {
      const { items } = await cluster.get<{ readonly items: readonly Told[] }>(events);
      const told = new Set(
        items.filter(({ reason }) => reason === "AgentOutdated").map(({ regarding }) => regarding?.name),
      );
      return five.every((name) => told.has(`${name}-0`));
    });
    say("each of the five has an Event AgentOutdated");
    const alpha = await cluster.pod(namespace, "alpha-0");
    const start = performance.now();
    await cluster.kubectl("delete", "pod", "alpha-0", "-n", namespace, "--timeout=30s");
    const renewed = await fleet.renewed("alpha", alpha.metadata.uid);
    assert.match(renewed.spec.containers.at(-1)?.image ?? "", new RegExp(`:${nextTag}$`));
    say(spreads.add("a validator is restarted for its new agent", await fleet.settle(five, start)));
    await outdated(4);
    say("alpha has the new agent beside four old ones");
    return undefined;
  });
}

async function missingImage({ cluster, fleet, report, spreads }: Run): Promise<void> {
  await report.step(
    "an upgrade to an agent's image that can't be pulled: Core runs all the same",
    async (say) => {
      await installChart(cluster, { agentTag: "absent" });
      const before = await cluster.pod(namespace, "beta-0");
      await cluster.kubectl("delete", "pod", "beta-0", "-n", namespace, "--timeout=30s");
      const reason = await eventually("Core runs and the agent's image can't be pulled", 60_000, async () => {
        const containers = await fleet.containers("beta");
        const core = containers.get("stellar-node")?.ready === true;
        const waiting = containers.get("peer-agent")?.state.waiting?.reason ?? "";
        return core && /ImagePull|ErrImage/.test(waiting) && waiting;
      });
      say(`beta's Core runs, its agent waits: ${reason}`);
      await installChart(cluster, { agentTag: nextTag });
      const bare = await cluster.pod(namespace, "beta-0");
      assert.notEqual(bare.metadata.uid, before.metadata.uid);
      const start = performance.now();
      await cluster.kubectl("delete", "pod", "beta-0", "-n", namespace, "--timeout=30s");
      await fleet.renewed("beta", bare.metadata.uid);
      say(spreads.add("a pod without agent is restarted", await fleet.settle(five, start)));
      return undefined;
    },
  );
}

async function runJob({ cluster, report, core }: Run): Promise<void> {
  await report.step("a Job with an injected pod completes", async (say) => {
    const metadata = { namespace, name: "job", labels: { [clusterNames.label]: "true" } };
    const labels = { "peer-discovery.stellar.org/injection": "enabled" };
    const { containers, ...rest } = validatorPodSpec("job", { image: core.image });
    // What ends by itself, in the place of a Core that does not.
    const command = core.configuration ? ["sleep", "5"] : ["node", "-e", "setTimeout(() => {}, 5000)"];
    const spec = {
      ...rest,
      containers: containers.map((one) => ({ ...one, command })),
      restartPolicy: "Never",
    };
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
    // It ends with 1 where it finds a problem, such as a list that an agent has not seen yet.
    const status = await eventually("status finds no problem", 30_000, () =>
      runCommand(["node", cli, "status", "-n", namespace]),
    );
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
    for (const name of five)
      // A Core that is not in sync for a moment is not asked for its peers.
      await eventually(`${name} is connected to all others`, 30_000, async () => {
        const { apply } = await cluster.status(namespace, `${name}-0`);
        const connected = apply.peers.filter(({ state }) => state === "connected").length;
        assert.equal(connected, five.length - 1, `${name}: ${connected} peers, Core is ${apply.core.reason}`);
        return true;
      });
    say("same pods, no restarts, all still connected");
    return undefined;
  });
}
