import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { CoreApi } from "../../agent/core/CoreApi.ts";
import { HttpCoreApi } from "../../agent/core/HttpCoreApi.ts";
import { parseAgentSettings } from "../../agent/parseAgentSettings.ts";
import { Publisher } from "../../agent/publish/Publisher.ts";
import { ApiError } from "../../kube/ApiError.ts";
import type { Lease } from "../../kube/election/Lease.ts";
import { planProvision } from "../../webhook/provision/planProvision.ts";
import { FakeCore } from "../fake-core/FakeCore.ts";
import { FakeNetwork } from "../fake-core/FakeNetwork.ts";
import { Candidate } from "../kube/election/Candidate.ts";
import { RecordedLog } from "../kube/election/RecordedLog.ts";
import { SmallApi } from "../kube/election/SmallApi.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { ApplierScene } from "./apply/ApplierScene.ts";
import { makePeer } from "./publish/makePeer.ts";
import { makeStored } from "./publish/makeStored.ts";

const lease: Lease = {
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  metadata: { namespace: "stellar-system", name: "stellar-peers" },
  spec: { leaseTransitions: 3 },
};
const pod = { POD_NAME: "v1-0", POD_NAMESPACE: "validators", POD_UID: "c0ffee", POD_IP: "10.0.0.1" };
const silent = {
  written: noop,
  failed: noop,
  conflict: noop,
  refused: noop,
  restored: noop,
  withheld: noop,
  withholding: noop,
};

function noop(): void {
  // Nobody counts here.
}

/** Agents that stand for election and publish three validators when they lead. */
class Agents {
  readonly clock = new VirtualClock();
  readonly api = new SmallApi(this.clock);
  readonly #candidates: Candidate[];

  constructor(count: number) {
    const { api, clock } = this;
    api.put(lease);
    api.put(makeStored([], "0.0"));
    const picture = {
      current: () => ({ peers: [1, 2, 3].map((n) => makePeer(n)), omissions: [] }),
      age: () => 0,
      unchangedFor: () => 0,
    };
    this.#candidates = Array.from({ length: count }, (_, index) => {
      const identity = `validators/v${index}-0/uid`;
      const random = { next: () => index / count };
      const configMap = { namespace: "stellar-system", name: "stellar-peers" };
      const log = new RecordedLog();
      const publisher = new Publisher({
        api,
        clock,
        random,
        log,
        configMap,
        holder: identity,
        picture,
        seen: () => undefined,
        metrics: silent,
      });
      return new Candidate({
        api,
        clock,
        identity,
        random,
        work: (term, signal) => publisher.lead(term, signal),
      });
    });
    for (const candidate of this.#candidates) candidate.start();
  }

  writes(): number {
    return this.api.calls.filter((call) => call.verb === "patch" && call.kind === "ConfigMap").length;
  }

  async stop(): Promise<void> {
    const ended = Promise.all(this.#candidates.map((candidate) => candidate.stop()));
    await this.clock.advance(60_000);
    await ended;
  }
}

describe("faults of the first design, in publishing and applying", () => {
  const ends: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  it("3: a Core without config-reload, as all are, is connected all the same", async () => {
    const scene = await new ApplierScene({ validators: 4 }).startHealthy();
    ends.push(() => scene.end());
    scene.publish().run();
    await scene.clock.advance(60_000);
    assert.equal(scene.status().core.reload, "unsupported");
    assert.deepEqual(scene.states(), { v2: "connected", v3: "connected", v4: "connected" });
  });

  it("4: Core is asked where it listens, at 127.0.0.1, not at the pod's address", async () => {
    const { coreUrl, reloadPath } = parseAgentSettings(pod);
    assert.equal(new URL(coreUrl).hostname, "127.0.0.1");
    const clock = new VirtualClock();
    const core = new FakeCore({
      clock,
      network: new FakeNetwork(),
      name: "v1",
      address: "10.0.0.1:11625",
      passphrase: "p",
    });
    ends.push(() => core.stop());
    await core.start();
    const url = coreUrl.replace(/\d+$/, String(core.port));
    const answer = await new HttpCoreApi({ url, reloadPath, clock }).info(new AbortController().signal);
    assert.equal(answer.ok, true);
  });

  it("6: the list is made in every namespace with agents, where it can be mounted", () => {
    const original = makeStored([makePeer(1)], "2.1");
    const observed = {
      namespaces: ["validators"],
      accounts: [],
      original,
      originalAge: 0,
      originalUnchangedFor: 0,
      remembered: undefined,
      leasePresent: true,
      copies: [],
      bindings: [],
      injected: [],
      networkPolicies: [],
    };
    const roles = { cluster: "agent", peers: "agent", events: "agent-events" };
    const settings = {
      peersNamespace: "stellar-system",
      peersConfigMap: "stellar-peers",
      peersLease: "stellar-peers",
      apiPorts: [],
      roles,
    };
    const made = planProvision(observed, settings).filter(({ object }) => object.kind === "ConfigMap");
    const copy = made.find(({ object }) => object.metadata.namespace === "validators");
    assert.equal(copy?.verb, "create");
    assert.deepEqual((copy.object as typeof original).data, original.data);
  });

  it("10: a write that failed is tried until it took", async () => {
    const agents = new Agents(1);
    ends.push(() => agents.stop());
    let failures = 6;
    agents.api.before = (call) => {
      if (call.verb === "patch" && (failures -= 1) >= 0)
        throw new ApiError({ status: 503, reason: "ServiceUnavailable", message: "busy" });
    };
    await agents.clock.advance(120_000);
    const stored: ReturnType<typeof makeStored> | undefined = agents.api.read("ConfigMap", "stellar-peers");
    assert.equal(stored?.data?.["peer_count"]?.trim(), "3");
  });

  it("11: of ten agents one writes, once", async () => {
    const agents = new Agents(10);
    ends.push(() => agents.stop());
    await agents.clock.advance(300_000);
    assert.equal(agents.writes(), 1);
  });

  it("12: health is what Core itself says: while it catches up nothing touches it, however ready its pod", async () => {
    let state = "Catching up";
    const wrap = (core: CoreApi): CoreApi => ({
      info: async (signal) => {
        const result = await core.info(signal);
        return result.ok ? { ok: true, value: { ...result.value, state } } : result;
      },
      peers: (signal) => core.peers(signal),
      connect: (ip, port, signal) => core.connect(ip, port, signal),
      configReload: (signal) => core.configReload(signal),
    });
    const scene = await new ApplierScene({ validators: 4, wrap }).startHealthy();
    ends.push(() => scene.end());
    scene.publish().run();
    await scene.clock.advance(300_000);
    assert.equal(scene.status().core.reason, "not-synced");
    assert.deepEqual([scene.dialed(), scene.reloads()], [[], []]);
    state = "Synced!";
    await scene.clock.advance(60_000);
    assert.deepEqual(scene.dialed(), ["10.0.0.3:11625", "10.0.0.4:11625"]);
  });
});
