import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { annotations } from "../../contract/annotations.ts";
import { ApiError } from "../../kube/ApiError.ts";
import type { Lease } from "../../kube/election/Lease.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { InstalledChart } from "./InstalledChart.ts";

// Alone: what a reinstallation meets depends on what other policies the server has.
const control = await useControlPlane(import.meta.url, { alone: true });

interface Caller {
  readonly identity: string;
  readonly api: HttpKubeApi;
}

/** `accepted`, or what the server said. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "accepted";
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error.message;
  }
}

describe("the fence around list and Lease", { skip: control.skip, timeout: 120_000 }, () => {
  let admin: HttpKubeApi;
  let chart: InstalledChart;
  let first: Caller;
  let second: Caller;
  const call = { signal: AbortSignal.timeout(120_000) };
  const list = () => ({ apiVersion: "v1", kind: "ConfigMap", namespace: chart.peers, name: "stellar-peers" });
  const lease = () => ({
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    namespace: chart.peers,
    name: "stellar-peers",
  });

  const caller = async (name: string, namespace?: string): Promise<Caller> => {
    const { identity, token } = await chart.agent(name, namespace);
    return { identity, api: new HttpKubeApi({ connection: control.connection(token), clock: systemClock }) };
  };
  /** Writes the Lease as read, with these changes to its spec. */
  const claim = async (api: KubeApi, spec: Lease["spec"]): Promise<string> => {
    const stored = await admin.get<Lease>(lease(), call);
    return outcome(api.update<Lease>({ ...stored, spec: { ...stored.spec, ...spec } }, call));
  };
  const publish = async (
    api: KubeApi,
    epoch: string,
    data: Readonly<Record<string, string>> = { revision: `${epoch}.1` },
  ): Promise<string> => {
    const body = { metadata: { annotations: { [annotations.epoch]: epoch } }, data };
    return outcome(api.patch(list(), { type: "strategic", body }, call));
  };
  /** The policies see the Lease through a cache of the server. */
  const eventuallySays = async (expected: RegExp, act: () => Promise<string>): Promise<void> => {
    let said = "";
    await eventually(`the server says ${expected.source}`, 5000, async () =>
      expected.test((said = await act())),
    ).catch(() => assert.match(said, expected));
  };
  const hold = async ({ identity }: Caller, leaseTransitions: number): Promise<void> => {
    const spec = { holderIdentity: identity, leaseTransitions, leaseDurationSeconds: 15 };
    assert.equal(await claim(admin, spec), "accepted");
  };

  before(async () => {
    if (control.skip) return;
    admin = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    chart = await InstalledChart.install(control, admin);
    first = await caller("v0");
    second = await caller("v1");
    const { apiVersion, kind, namespace, name } = list();
    const configMap: KubeObject & { data: object } = {
      apiVersion,
      kind,
      metadata: { namespace, name },
      data: {},
    };
    await admin.create(configMap, call);
    const free: Lease = {
      apiVersion: lease().apiVersion,
      kind: "Lease",
      metadata: { namespace, name },
      spec: { leaseTransitions: 4 },
    };
    await admin.create(free, call);
    // A policy acts some time after it was created.
    await eventuallySays(/held by nobody/, () => publish(first.api, "4"));
    await eventuallySays(/leaseTransitions must become/, () =>
      claim(first.api, { holderIdentity: first.identity, leaseTransitions: 9, leaseDurationSeconds: 15 }),
    );
  });
  after(async () => {
    if (control.skip) return;
    for (const { api } of [first, second]) api?.close();
    await chart?.uninstall();
    admin.close();
  });

  it("lets the Lease's holder write the list, under the Lease's epoch", async () => {
    await hold(first, 5);
    await eventuallySays(/^accepted$/, () => publish(first.api, "5"));
  });

  it("lets nobody else write it, not even a pod of the same service account", async () => {
    await hold(first, 6);
    await eventuallySays(/^accepted$/, () => publish(first.api, "6"));
    assert.match(await publish(second.api, "6"), /the lease is held by .*v0\/.*, not by .*v1\//);
  });

  it("lets no pod of the same name in another namespace write it or take the Lease in its name", async () => {
    const namesake = await caller("v0", await chart.enableNamespace("namesakes"));
    await hold(first, 7);
    await eventuallySays(/^accepted$/, () => publish(first.api, "7"));
    assert.match(
      await publish(namesake.api, "7"),
      /the lease is held by .*validators\/v0\/.*, not by .*namesakes\/v0\//,
    );
    const renewal = { holderIdentity: first.identity, leaseTransitions: 7, leaseDurationSeconds: 15 };
    assert.match(await claim(namesake.api, renewal), /for itself only/);
    namesake.api.close();
  });

  it("lets a pod that was made anew under the same name write nothing as the one before it", async () => {
    const before = await caller("v2");
    await hold(before, 9);
    await eventuallySays(/^accepted$/, () => publish(before.api, "9"));
    await admin.delete(
      { apiVersion: "v1", kind: "Pod", namespace: chart.validators, name: "v2" },
      { ...call, gracePeriodSeconds: 0 },
    );
    const anew = await caller("v2");
    assert.match(await publish(anew.api, "9"), /the lease is held by .*v2\/.*, not by .*v2\//);
    for (const { api } of [before, anew]) api.close();
  });

  it("lets an old leader that wakes up write no more, under no epoch", async () => {
    await hold(first, 10);
    await eventuallySays(/^accepted$/, () => publish(first.api, "10"));
    await hold(second, 11);
    await eventuallySays(/held by .*v1/, () => publish(first.api, "10"));
    assert.match(await publish(first.api, "11"), /held by .*v1/);
    assert.equal(await publish(second.api, "11"), "accepted");
  });

  it("lets no epoch pass but the Lease's, and no lower one than is stored", async () => {
    await hold(first, 13);
    await eventuallySays(/^accepted$/, () => publish(first.api, "13"));
    assert.match(await publish(first.api, "14"), /epoch "14" is not that of the lease, 13/);
    assert.match(await publish(first.api, "x"), /epoch "x" is not that of the lease/);
    assert.match(
      await publish(first.api, "13", { revision: "7.1" }),
      /the revision does not belong to epoch 13/,
    );
    await hold(first, 12);
    await eventuallySays(/epoch 12 is behind the stored 13/, () => publish(first.api, "12"));
  });

  it("lets in no key that is none of a peer list's", async () => {
    await hold(first, 15);
    const data = {
      revision: "15.1",
      "peers.testnet.txt": "",
      "peers.json": "[]",
      "peers.txt": "",
      peer_count: "0",
    };
    await eventuallySays(/^accepted$/, () => publish(first.api, "15", data));
    assert.match(
      await publish(first.api, "15", { ...data, "run.sh": "rm" }),
      /no part of a peer list: run\.sh/,
    );
  });

  it("lets a candidate take the Lease for itself, one epoch on, renew it and hand it back", async () => {
    await hold(first, 20);
    const mine = { holderIdentity: second.identity, leaseDurationSeconds: 15 };
    assert.equal(await claim(second.api, { ...mine, leaseTransitions: 21 }), "accepted");
    assert.equal(await claim(second.api, { ...mine, leaseTransitions: 21 }), "accepted");
    assert.equal(await claim(second.api, { holderIdentity: "", leaseTransitions: 21 }), "accepted");
    assert.equal(await claim(second.api, { ...mine, leaseTransitions: 22 }), "accepted");
  });

  it("lets no candidate jump ahead, speak for another, free another's Lease or hold it for a day", async () => {
    await hold(first, 30);
    const mine = { holderIdentity: second.identity, leaseDurationSeconds: 15 };
    assert.match(await claim(second.api, { ...mine, leaseTransitions: 2_000_000_000 }), /must become 31/);
    assert.match(await claim(second.api, { ...mine, leaseTransitions: 30 }), /must become 31/);
    const other = { holderIdentity: "validators/other/uid", leaseTransitions: 31, leaseDurationSeconds: 15 };
    assert.match(await claim(second.api, other), /for itself only/);
    assert.match(await claim(second.api, { holderIdentity: "", leaseTransitions: 30 }), /held by .*v0/);
    const day = { ...mine, leaseTransitions: 31, leaseDurationSeconds: 86_400 };
    assert.match(await claim(second.api, day), /at most 60/);
    assert.match(await claim(first.api, { leaseTransitions: 31 }), /must become 30/);
  });

  it("lets an agent record Events about its own pod, and about nothing else", async () => {
    const event = (name: string, identity: string): KubeObject => {
      const [namespace = "", pod = "", uid = ""] = identity.split("/");
      const fields = {
        eventTime: "2026-01-01T00:00:00.000000Z",
        reportingController: "peer-discovery.stellar.org/agent",
        reportingInstance: pod,
        action: "Test",
        reason: "Test",
        type: "Normal",
        note: "a test",
        regarding: { apiVersion: "v1", kind: "Pod", namespace, name: pod, uid },
      };
      const metadata = { namespace: chart.validators, name };
      return { apiVersion: "events.k8s.io/v1", kind: "Event", metadata, ...fields };
    };
    await eventuallySays(/may record Events about its own pod only/, () =>
      outcome(first.api.create(event("foreign", second.identity), call)),
    );
    assert.equal(await outcome(first.api.create(event("own", first.identity), call)), "accepted");
    const node = {
      ...event("node", first.identity),
      regarding: { apiVersion: "v1", kind: "Node", namespace: chart.validators, name: "v0" },
    };
    assert.match(await outcome(first.api.create(node, call)), /own pod only/);
    assert.equal(await outcome(admin.create(event("person", second.identity), call)), "accepted");
  });

  it("sees the Lease as it is after the chart was uninstalled and installed again", async () => {
    await hold(first, 40);
    await eventuallySays(/^accepted$/, () => publish(first.api, "40"));
    const write = ["--verb=get,patch", "--resource=configmaps", "-n", chart.peers];
    await control.kubectl(["create", "role", "writer", ...write]);
    const subject = `--serviceaccount=${chart.validators}:default`;
    await control.kubectl(["create", "rolebinding", "writer", "--role=writer", subject, "-n", chart.peers]);
    await chart.reinstall(async () => {
      // With the policies, the server gives up what it watched for them.
      await eventuallySays(/^accepted$/, () => publish(second.api, "40"));
    });
    await hold(second, 41);
    await eventuallySays(/held by .*v1/, () => publish(first.api, "41"));
    await eventuallySays(/^accepted$/, () => publish(second.api, "41"));
  });

  it("leaves people with cluster rights free", async () => {
    assert.equal(await publish(admin, "1", { revision: "1.1", anything: "goes" }), "accepted");
    assert.equal(await claim(admin, { holderIdentity: "", leaseTransitions: 1 }), "accepted");
  });
});
