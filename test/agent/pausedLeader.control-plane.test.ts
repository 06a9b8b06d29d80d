import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it, describe } from "node:test";
import { fileURLToPath } from "node:url";
import type { ConfigMap } from "../../agent/publish/ConfigMap.ts";
import { annotations } from "../../contract/annotations.ts";
import { compareRevisions } from "../../contract/compareRevisions.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { freePort } from "../e2e/freePort.ts";
import { kubeconfigText } from "../e2e/kubeconfigText.ts";
import { ManagedProcess } from "../e2e/ManagedProcess.ts";
import { eventually } from "../runtime/eventually.ts";
import { AgentsOnServer } from "./server/AgentsOnServer.ts";

const control = await useControlPlane(import.meta.url, { alone: true });
const program = fileURLToPath(new URL("../../agent/main.ts", import.meta.url));
/** Seconds for which the leader stands still; `npm run test:paused` has 60. */
const pause = Number(process.env["PAUSE_SECONDS"] ?? "20");

describe("an agent's process that stands still as leader", { skip: control.skip, timeout: 240_000 }, () => {
  let scene: AgentsOnServer;
  let directory: string;
  let leader: ManagedProcess;
  let identity: string;
  const call = { signal: AbortSignal.timeout(240_000) };
  /** Each version of the list, from a watch. */
  const written: { readonly holder: string; readonly revision: string }[] = [];

  const lists = async (address: string, within: number): Promise<unknown> =>
    eventually(`${address} is published`, within, async () => {
      const { chart } = scene;
      const name = { apiVersion: "v1", kind: "ConfigMap", namespace: chart.peers, name: "stellar-peers" };
      const { data } = await scene.admin.get<ConfigMap>(name, call);
      return (data?.["peers.txt"] ?? "").includes(`${address}:`);
    });

  const startProcess = async (): Promise<ManagedProcess> => {
    const agent = await scene.chart.agent("standing-still");
    identity = agent.identity;
    const [namespace = "", name = "", uid = ""] = identity.split("/");
    const kubeconfig = join(directory, "kubeconfig");
    await writeFile(kubeconfig, kubeconfigText({ url: control.url, ca: control.ca, token: agent.token }));
    const environment = {
      KUBECONFIG: kubeconfig,
      POD_NAME: name,
      POD_NAMESPACE: namespace,
      POD_UID: uid,
      POD_IP: "127.0.0.1",
      PEERS_NAMESPACE: scene.chart.peers,
      PEERS_DIR: join(directory, "peers"),
      DISCOVERY_SOURCE: "stellarnodes",
      CORE_URL: "http://127.0.0.1:1",
      HEALTH_ADDRESS: `127.0.0.1:${await freePort()}`,
    };
    return new ManagedProcess({ name, program, environment, logFile: join(directory, "log") });
  };

  const follow = async (): Promise<void> => {
    const collection = { apiVersion: "v1", kind: "ConfigMap", namespace: scene.chart.peers };
    const options = { resourceVersion: "", timeoutSeconds: 240, maxSilence: 240_000, ...call };
    for await (const event of scene.admin.watch<ConfigMap>({ ...collection, name: "stellar-peers" }, options))
      if (event.type === "ADDED" || event.type === "MODIFIED") {
        const { data, metadata } = event.object;
        const holder = metadata.annotations?.[annotations.holder] ?? "";
        written.push({ holder, revision: data?.["revision"] ?? "" });
      }
  };

  before(async () => {
    if (control.skip) return;
    directory = await mkdtemp(join(tmpdir(), "paused-"));
    scene = await AgentsOnServer.install(control);
    await scene.fleet.create(6);
    leader = await startProcess();
  });

  after(async () => {
    if (control.skip) return;
    leader.kill("SIGCONT");
    await leader.stop();
    await scene.close();
    await rm(directory, { recursive: true });
  });

  it(`wakes after ${pause} s with a change to write, writes nothing, and follows its successor`, async () => {
    await lists("10.0.0.6", 30_000);
    void follow();
    const other = await scene.start();
    await eventually("the other follows", 20_000, () => other.log.about("leader.changed").length > 0);
    // The second change waits for the second that lies between two writes: the process stops in the middle of that.
    await lists(await scene.fleet.move(0, 1), 10_000);
    const changes = leader.logged("discovery.changed").length;
    const unwritten = await scene.fleet.move(1, 1);
    await eventually("it has seen it", 5_000, () => leader.logged("discovery.changed").length > changes);
    const published = leader.logged("peers.published").length;
    leader.kill("SIGSTOP");
    const stopped = performance.now();
    await lists(unwritten, 30_000);
    assert.ok(other.leads(), "somebody else writes it");
    await lists(await scene.fleet.move(2, 1), 10_000);
    await eventually(
      "it has stood still",
      pause * 1_000,
      () => performance.now() - stopped >= pause * 1_000 - 100,
    );
    const asleep = written.length;
    leader.kill("SIGCONT");
    await eventually("it leads no longer", 10_000, () => leader.logged("leader.lost").length === 1);
    await eventually(
      "it follows",
      10_000,
      () => leader.logged("leader.changed").at(-1)?.["holder"] === other.identity,
    );
    await lists(await scene.fleet.move(3, 1), 10_000);
    assert.ok(leader.alive);
    assert.equal(leader.logged("peers.published").length, published);
    assert.deepEqual(new Set(written.slice(asleep).map(({ holder }) => holder)), new Set([other.identity]));
    assert.notEqual(other.identity, identity);
    const revisions = written
      .map(({ revision }) => parseRevision(revision))
      .filter((each) => each !== undefined);
    for (const [index, revision] of revisions.slice(1).entries()) {
      const before = revisions[index];
      assert.ok(before && compareRevisions(revision, before) > 0, JSON.stringify(written));
    }
  });
});
