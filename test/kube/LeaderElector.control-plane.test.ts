import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { defaultElectionTiming } from "../../kube/election/defaultElectionTiming.ts";
import type { Lease, LeaseSpec } from "../../kube/election/Lease.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { Candidate } from "./election/Candidate.ts";
import { quickTiming } from "./election/quickTiming.ts";
import { FaultyProxy } from "./http/FaultyProxy.ts";

const control = await useControlPlane(import.meta.url);
const apiVersion = "coordination.k8s.io/v1";

describe("LeaderElector on a real API server", { skip: control.skip, timeout: 120_000 }, () => {
  let api: HttpKubeApi;
  let namespace: string;
  let made = 0;
  let candidates: Candidate[] = [];
  const signal = AbortSignal.timeout(120_000);

  const reference = () => ({ apiVersion, kind: "Lease", namespace, name: "election" });
  const read = async (): Promise<LeaseSpec> => (await api.get<Lease>(reference(), { signal })).spec ?? {};
  const edit = async (spec: Readonly<Record<string, unknown>>): Promise<void> => {
    await api.patch(reference(), { type: "merge", body: { spec } }, { signal });
  };
  const create = async (): Promise<void> => {
    const metadata = { namespace, name: "election" };
    await api.create<Lease>(
      { apiVersion, kind: "Lease", metadata, spec: { leaseTransitions: 0 } },
      { signal },
    );
  };
  const stand = (identity: string, through: KubeApi = api, timing = quickTiming): Candidate => {
    const lease = { namespace, name: "election" };
    const random = { next: Math.random };
    const candidate = new Candidate({ api: through, clock, identity, random, lease, timing });
    candidates.push(candidate);
    return candidate.start();
  };
  const leads = async (candidate: Candidate, within = 10_000): Promise<boolean> =>
    eventually(`${candidate.identity} leads`, within, () => candidate.acting);

  before(() => {
    if (!control.skip) api = new HttpKubeApi({ connection: control.adminConnection, clock });
  });
  beforeEach(async () => {
    candidates = [];
    namespace = await control.namespace(`n${(made += 1)}`);
    await create();
  });
  afterEach(async () => {
    await Promise.all(candidates.map((candidate) => candidate.stop()));
  });
  after(() => {
    if (!control.skip) api.close();
  });

  it("a process that was paused finds another leader when it wakes, and has ended its work", async () => {
    const program = fileURLToPath(new URL("main.ts", import.meta.url));
    const child = spawn(process.execPath, [program, namespace, "paused"], {
      env: { ...process.env, KUBECONFIG: control.kubeconfig },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    try {
      await eventually("the process leads", 20_000, () => said.includes("leads 1"));
      const other = stand("other");
      await eventually("the other follows", 5_000, () => other.told.length > 0);
      child.kill("SIGSTOP");
      await leads(other, 8_000);
      assert.deepEqual(other.epochs, [2]);
      child.kill("SIGCONT");
      await eventually("the process ends its work", 5_000, () => said.includes("ended"));
      const { holderIdentity, leaseTransitions } = await read();
      assert.deepEqual([holderIdentity, leaseTransitions, said], ["other", 2, "leads 1\nended\n"]);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("whose connection is lost during a renewal stops in time, before another can lead", async () => {
    const proxy = await FaultyProxy.open(control);
    const { ca, url } = proxy;
    const credentials = async () => ({ tls: { ca }, headers: { authorization: `Bearer ${control.token}` } });
    const cutOff = new HttpKubeApi({
      connection: { server: new URL(url), credentials, invalidate: () => undefined },
      clock,
    });
    const leader = stand("leader", cutOff);
    await leads(leader);
    const other = stand("other");
    await eventually("the other follows", 5_000, () => other.told.length > 0);
    proxy.fault = ({ method }) => (method === "PUT" ? "reset" : undefined);
    await eventually("the leader stops", 5_000, () => {
      assert.ok(!(leader.acting && other.acting), "two lead at once");
      return !leader.acting;
    });
    await leads(other);
    assert.equal((await read()).leaseTransitions, 2);
    proxy.fault = () => undefined;
    await leader.stop();
    cutOff.close();
    await proxy.close();
  });

  it("that ends hands the Lease back, and never one that is somebody else's by now", async () => {
    const first = stand("first");
    await leads(first);
    await first.stop();
    assert.deepEqual([(await read()).holderIdentity ?? "", (await read()).leaseTransitions], ["", 1]);
    const second = stand("second");
    await leads(second);
    await edit({ holderIdentity: "somebody", leaseTransitions: 7 });
    await second.stop();
    assert.deepEqual([(await read()).holderIdentity, (await read()).leaseTransitions], ["somebody", 7]);
  });

  it("whose Lease is deleted stops, and stands again for the one that is made anew", async () => {
    const candidate = stand("one");
    await leads(candidate);
    await api.delete(reference(), { signal });
    await eventually("it stops", 5_000, () => !candidate.acting);
    await create();
    await leads(candidate);
    assert.equal((await read()).holderIdentity, "one");
  });

  it("whose epoch is edited begins a new term; other edits are put right", async () => {
    const candidate = stand("one");
    await leads(candidate);
    await edit({ leaseDurationSeconds: 3600, renewTime: "2001-01-01T00:00:00.000000Z" });
    await eventually("it is put right", 5_000, async () => (await read()).leaseDurationSeconds === 3);
    assert.deepEqual(candidate.epochs, [1]);
    await edit({ leaseTransitions: 41 });
    await eventually("a new term", 10_000, () => candidate.epochs.includes(41));
  });

  it("of two hundred at once one leads, and the Lease is no larger for it", async () => {
    // A server lets some hundred requests, watches among them, share one connection.
    const apis = Array.from(
      { length: 10 },
      () => new HttpKubeApi({ connection: control.adminConnection, clock }),
    );
    const all = apis.flatMap((each, index) =>
      Array.from({ length: 20 }, (_, number) => stand(`c${index}-${number}`, each, defaultElectionTiming)),
    );
    await eventually("one leads", 15_000, () => all.some((candidate) => candidate.acting));
    await eventually("all know it", 15_000, () => all.every((candidate) => candidate.told.length > 0));
    assert.equal(all.filter((candidate) => candidate.acting).length, 1);
    assert.equal((await read()).leaseTransitions, 1);
    const lease = await eventually("a renewal", 10_000, async () => {
      const stored = await api.get<Lease>(reference(), { signal });
      return stored.spec?.renewTime !== stored.spec?.acquireTime && stored;
    });
    assert.deepEqual(lease.metadata.managedFields ?? [], []);
    await Promise.all(all.map((candidate) => candidate.stop()));
    for (const each of apis) each.close();
  });
});
