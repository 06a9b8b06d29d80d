import assert from "node:assert/strict";
import { systemClock } from "../../../runtime/systemClock.ts";
import { eventually } from "../../runtime/eventually.ts";
import type { AgentStatus } from "./Cluster.ts";
import { clusterNames } from "./clusterNames.ts";
import { describeRest } from "./describeRest.ts";
import { hasReached } from "./hasReached.ts";
import { installChart } from "./installChart.ts";
import { readContainerUse } from "./readContainerUse.ts";
import type { Run, Say } from "./Run.ts";
import { validatorObjects } from "./validatorObjects.ts";

const { cut: namespace, validators } = clusterNames;
const name = "eta";
const pod = `${name}-0`;
const restFor = 120_000;

/** True while this agent's own look at the API is not older than a poll. */
function seesTheApi({ discovery }: AgentStatus): boolean {
  return (discovery.ageSeconds ?? Infinity) < 30 && Object.keys(discovery.failures).length === 0;
}

/**
 * A validator whose agent a NetworkPolicy keeps from the API server, beside `six` that are connected: it works from its
 * mounted file alone. What the kubelet does and what agents use at rest is looked at meanwhile.
 */
export async function playIsolation(run: Run, six: readonly string[]): Promise<void> {
  let enforced = false;
  let revision = "";
  let since = 0;
  await run.report.step(
    "a validator more, in a namespace whose NetworkPolicy denies egress to the API server",
    async (say) => {
      ({ revision, since } = await arrive(run, six, say));
      enforced = await isCutOff(run, say);
      return undefined;
    },
  );
  if (run.rest)
    await run.report.step("two minutes at rest: the kubelet brings the files", async (say) => {
      await atRest(run, six, { revision, since, enforced }, say);
      return undefined;
    });
  await run.report.step("provisioner.networkPolicy lets the agent reach the API server", async (say) => {
    await heal(run, enforced, say);
    await run.cluster.kubectl("delete", "statefulset,stellarnode", name, "-n", namespace, "--timeout=60s");
    await run.fleet.settle(six, performance.now());
    return undefined;
  });
}

async function arrive(
  { cluster, core, spreads }: Run,
  six: readonly string[],
  say: Say,
): Promise<{ readonly revision: string; readonly since: number }> {
  await installChart(cluster, { networkPolicy: false });
  await eventually("the namespace has its copy of the list", 30_000, () =>
    cluster.get(`/api/v1/namespaces/${namespace}/configmaps/stellar-peers`),
  );
  const since = performance.now();
  await cluster.apply(validatorObjects({ namespace, name, core }));
  const revision = await eventually("it is listed", 60_000, async () => {
    const list = await cluster.list();
    return list.pods.includes(pod) && list.revision;
  });
  const published = performance.now() - since;
  for (const other of six)
    await eventually(`${other} has it by its watch`, 60_000, async () => {
      const { documents } = await cluster.status(validators, `${other}-0`);
      return hasReached(documents.api.revision, revision);
    });
  const received = performance.now() - since;
  const { status } = await cluster.pod(namespace, pod);
  for (const other of six)
    await eventually(`${other} is connected to it`, 60_000, async () => {
      const { apply } = await cluster.status(validators, `${other}-0`);
      return apply.peers.some(({ peerString, state }) => peerString === `${status.podIP}:11625` && state === "connected"); // prettier-ignore
    });
  const spread = { published, received, connected: performance.now() - since, revision };
  say(spreads.add("a validator in another namespace, cut off from the API", spread));
  return { revision, since };
}

/** Whether the cluster enforces the policy; where it does, the agent must say that it is cut off. */
async function isCutOff({ cluster }: Run, say: Say): Promise<boolean> {
  const says = async (): Promise<string | undefined> => {
    const { discovery } = await cluster.status(namespace, pod);
    // Its rights may take a moment longer than itself; who is refused them was heard.
    return Object.values(discovery.failures).find((failure) => !failure.includes("forbidden"));
  };
  const look = async (): Promise<string | boolean | undefined> =>
    (await says()) ?? seesTheApi(await cluster.status(namespace, pod));
  let found = await eventually("it sees the API server, or says that it does not", 60_000, look);
  if (found === true) {
    // It may have been quicker than the policy: a connection that stands is often left alone.
    await cluster.kubectl("exec", pod, "-n", namespace, "-c", "peer-agent", "--", "node", "-e", "process.kill(1)"); // prettier-ignore
    await eventually("its agent was started anew", 60_000, async () => {
      const statuses = (await cluster.pod(namespace, pod)).status.containerStatuses ?? [];
      return statuses.some(({ name, restartCount, ready }) => name === "peer-agent" && restartCount > 0 && ready); // prettier-ignore
    });
    found = await eventually("it sees the API server, or says that it does not", 60_000, look);
  }
  if (found === true) say("THIS CLUSTER DOES NOT ENFORCE NETWORKPOLICIES: the agent reaches the API server");
  else {
    say(`its agent says: ${found}`);
    const log = await cluster.kubectl("logs", pod, "-c", "peer-agent", "-n", namespace);
    assert.match(log, /"event":"discovery.failed"/);
  }
  return found !== true;
}

async function atRest(
  { cluster, fleet, spreads }: Run,
  six: readonly string[],
  {
    revision,
    since,
    enforced,
  }: { readonly revision: string; readonly since: number; readonly enforced: boolean },
  say: Say,
): Promise<void> {
  const agents = () =>
    readContainerUse(cluster, validators, "peer-agent").catch((error: unknown) => {
      say(`the kubelets' Summary API can't be read: ${String(error)}`);
      return new Map<never, never>();
    });
  const before = await agents();
  const [files] = await Promise.all([
    fleet.files(six, revision, since),
    systemClock.sleep(restFor, new AbortController().signal),
  ]);
  say(spreads.addFiles(files));
  const used = describeRest(before, await agents());
  if (used !== undefined) say(used);
  await eventually("the validator cut off is connected as planned", 60_000, async () => {
    const { apply, documents } = await cluster.status(namespace, pod);
    if (enforced) assert.equal(documents.source, "file");
    return (
      hasReached(apply.revision.confirmed, revision) &&
      apply.peers.every(({ state }) => state === "connected")
    );
  });
  const { documents } = await cluster.status(namespace, pod);
  say(`${name}'s agent, too, confirms ${revision}, from its ${documents.source === "file" ? "mounted file" : "watch"}`); // prettier-ignore
}

async function heal({ cluster }: Run, enforced: boolean, say: Say): Promise<void> {
  await installChart(cluster);
  const start = performance.now();
  await eventually("its namespace has the provisioner's NetworkPolicy", 60_000, () =>
    cluster.get(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/peer-agent`),
  );
  await eventually("its agent sees the API server", 90_000, async () => {
    const status = await cluster.status(namespace, pod);
    return seesTheApi(status) && status.documents.source === "api";
  });
  say(enforced ? `the agent follows the API ${seconds(start)} after the upgrade` : "the policy is there; nothing was to be healed"); // prettier-ignore
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
