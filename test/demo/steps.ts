import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { annotations } from "../../contract/annotations.ts";
import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { eventually } from "../runtime/eventually.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import type { Pod } from "../e2e/Kubelet.ts";
import type { Stage } from "../e2e/Stage.ts";
import type { Report } from "./Report.ts";

const three = ["alpha-0", "beta-0", "gamma-0"];
const four = ["alpha-0", "beta-0", "delta-0", "gamma-0"];
const cutFor = 20_000;

type Say = (line: string) => void;

async function createFrom(stage: Stage, examples: string, file: string): Promise<readonly string[]> {
  const documents = parseAllDocuments(await readFile(join(examples, file), "utf8"));
  const created: string[] = [];
  for (const document of documents) {
    const object = document.toJS() as KubeObject;
    await stage.api.create(
      { ...object, metadata: { ...object.metadata, namespace: stage.namespace } },
      { signal: stage.signal },
    );
    created.push(`${object.kind} ${stage.namespace}/${object.metadata.name}`);
  }
  return created;
}

function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

/** The revision once the published document lists these pods and no other. */
async function published(stage: Stage, pods: readonly string[], within: number): Promise<string> {
  return eventually(`a document with ${pods.join(", ")}`, within, async () => {
    const { data } = await stage.configMap();
    const peers = JSON.parse(data?.["peers.json"] ?? "[]") as { readonly pod?: string }[];
    const listed = peers
      .map(({ pod = "" }) => pod)
      .sort()
      .join();
    return listed === [...pods].sort().join() && data?.["revision"];
  });
}

async function meshed(stage: Stage, pods: readonly string[], within: number, say: Say): Promise<void> {
  await eventually("each Core is connected to all others", within, () => stage.meshed(pods));
  say(await stage.connections(pods));
}

async function leaderOtherThan(stage: Stage, before: string, within: number): Promise<string> {
  const leader = await eventually("another agent leads", within, async () => {
    const current = await stage.leader();
    return current && current.name !== before ? current : undefined;
  });
  return leader.name;
}

async function showInjection(stage: Stage, say: Say): Promise<void> {
  for (const name of three) {
    const pod = await eventually(`${name} was created`, 10_000, () =>
      stage.api
        .get<Pod>(
          { apiVersion: "v1", kind: "Pod", namespace: stage.namespace, name },
          { signal: stage.signal },
        )
        .catch(() => undefined),
    );
    assert.equal(pod.metadata.labels?.[labels.injected], "true", `${name} was not injected`);
    if (name !== three[0]) continue;
    const containers = pod.spec.containers.map((container) => container.name).join(", ");
    say(`pod ${name}: containers ${containers}; label ${labels.injected}=true`);
    say(`by webhook version ${pod.metadata.annotations?.[annotations.injectedVersion] ?? "?"}`);
  }
}

async function showElection(stage: Stage, say: Say): Promise<void> {
  const leader = await eventually("an agent leads", 20_000, () => stage.leader());
  const { spec } = await stage.lease();
  say(
    `${leader.name} holds the Lease ${names.namespace}/${names.lease}, epoch ${spec.leaseTransitions ?? 0}`,
  );
  const revision = await published(stage, three, 10_000);
  const { data } = await stage.configMap();
  say(
    `ConfigMap ${names.namespace}/${names.configMap}: revision ${revision}, peer_count ${data?.["peer_count"]}`,
  );
  for (const line of (data?.["peers.txt"] ?? "").trim().split("\n")) say(`  ${line}`);
}

/** A Core may be asked for config-reload only while it is healthy: its own record of requests says when it was. */
function assertReloadsWereHealthy(stage: Stage, say: Say): void {
  let reloads = 0;
  for (const [pod, core] of stage.cores) {
    for (const request of core.requests.filter(({ target }) => target.includes("config-reload"))) {
      reloads += 1;
      const healthy = request.state === "Synced!" && request.ledgerAge < 15 && request.authenticatedPeers > 0;
      assert.ok(healthy, `${pod} was asked to reload while ${request.state}`);
    }
    const complaints = core.requests.filter(
      // Two Cores that are told of each other at the same moment both dial.
      ({ complaint }) => complaint !== undefined && complaint !== "connected meanwhile",
    );
    assert.equal(complaints.length, 0, `${pod} complains: ${complaints[0]?.complaint ?? ""}`);
  }
  assert.ok(reloads > 0, "no Core was ever asked to reload");
  say(`${reloads} config-reloads were asked, each of a healthy Core; no Core had anything to complain of`);
}

/** Every step of the main job, in order. Each is judged on its own; later ones go on where an earlier one failed. */
export async function runSteps(stage: Stage, report: Report, examples: string): Promise<void> {
  await report.step("Label a namespace", async (say) => {
    await stage.labelNamespace();
    const time = stopwatch();
    await eventually("the provisioner's copy of the ConfigMap", 10_000, () =>
      stage.configMap(stage.namespace).then(
        () => true,
        () => false,
      ),
    );
    say(`namespace ${stage.namespace} is labelled; its copy of the ConfigMap is there`);
    return time();
  });
  await report.step("Create three validators", async (say) => {
    const time = stopwatch();
    for (const created of await createFrom(stage, examples, "validators.yaml")) say(created);
    await showInjection(stage, say);
    return time();
  });
  await report.step("Election and publication", async (say) => {
    const time = stopwatch();
    await showElection(stage, say);
    return time();
  });
  await report.step("Cores connect", async (say) => {
    const time = stopwatch();
    await meshed(stage, three, 20_000, say);
    return time();
  });
  await report.step("Add a fourth validator", async (say) => {
    const time = stopwatch();
    for (const created of await createFrom(stage, examples, "fourth-validator.yaml")) say(created);
    say(`published as revision ${await published(stage, four, 15_000)} after ${time().toFixed(0)} ms`);
    await meshed(stage, four, 30_000, say);
    return time();
  });
  await report.step("Suspend one", async (say) => {
    const time = stopwatch();
    await stage.suspend("gamma", true);
    const rest = ["alpha-0", "beta-0", "delta-0"];
    say(`published as revision ${await published(stage, rest, 15_000)} after ${time().toFixed(0)} ms`);
    await meshed(stage, rest, 10_000, say);
    return time();
  });
  await report.step("Kill the leader (SIGKILL), then resume the suspended one", async (say) => {
    const leader = await eventually("an agent leads", 5000, () => stage.leader());
    leader.process.kill("SIGKILL");
    await leader.process.exited;
    const time = stopwatch();
    await stage.suspend("gamma", false);
    const revision = await published(stage, four, 20_000);
    const took = time();
    say(
      `${leader.name} was killed; ${await leaderOtherThan(stage, leader.name, 1000)} published ${revision}`,
    );
    leader.restart();
    await meshed(stage, four, 30_000, say);
    return took;
  });
  await report.step("End the leader (SIGTERM), then suspend one", async (say) => {
    const leader = await eventually("an agent leads", 5000, () => stage.leader());
    const suspended = ["beta", "delta", "gamma"].find((name) => `${name}-0` !== leader.name) ?? "";
    const rest = four.filter((pod) => pod !== `${suspended}-0`);
    const time = stopwatch();
    leader.process.kill("SIGTERM");
    await stage.suspend(suspended, true);
    const revision = await published(stage, rest, 10_000);
    const took = time();
    const exit = await leader.process.exited;
    say(
      `${leader.name} ended with code ${exit.code}; ${await leaderOtherThan(stage, leader.name, 1000)} published ${revision}`,
    );
    leader.restart();
    await stage.suspend(suspended, false);
    await published(stage, four, 15_000);
    await meshed(stage, four, 30_000, say);
    assert.ok(took < 2000, `took ${took.toFixed(0)} ms, more than 2 s`);
    return took;
  });
  await report.step(`Cut the API off for ${cutFor / 1000} s, restarting a Core meanwhile`, async (say) => {
    const before = (await stage.configMap()).data?.["peers.json"];
    stage.line.cut();
    const core = stage.core("beta-0");
    await core.stop();
    await core.start();
    await systemClock.sleep(cutFor, stage.signal);
    const connections = await stage.connections(four);
    assert.ok(await stage.meshed(four), `not all connected: ${connections}`);
    say(`while it was away: ${connections}`);
    stage.line.mend();
    const time = stopwatch();
    const leader = await eventually("an agent leads again", 40_000, async () => {
      const agent = await stage.leader();
      return agent &&
        ((await agent.status()) as { leadership?: { role?: string } }).leadership?.role === "leading"
        ? agent
        : undefined;
    });
    assert.equal((await stage.configMap()).data?.["peers.json"], before, "the list changed");
    say(`the list is unchanged; ${leader.name} leads again`);
    return time();
  });
  await report.step("What Cores were asked", (say) => {
    assertReloadsWereHealthy(stage, say);
    return Promise.resolve(undefined);
  });
}
