import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { planPublication } from "../../agent/publish/planPublication.ts";
import { readStoredDocument } from "../../agent/publish/readStoredDocument.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import { ApiError } from "../../kube/ApiError.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { ApplierScene } from "./apply/ApplierScene.ts";
import { FakeApi } from "./discover/FakeApi.ts";
import { objects } from "./discover/objects.ts";
import { picture } from "./discover/picture.ts";
import { RunningDiscovery } from "./discover/RunningDiscovery.ts";
import { makePeer } from "./publish/makePeer.ts";
import { makeStored } from "./publish/makeStored.ts";

const { node, slice, endpoint } = objects;

/** Validators v1 to vCOUNT of testnet as the operator makes them, at 10.0.0.1 and on. */
function validators(count: number): { nodes: unknown[]; slices: unknown[] } {
  const names = Array.from({ length: count }, (_, index) => `v${index + 1}`);
  const namespace = "validators";
  return {
    nodes: names.map((name) => node(name, { namespace })),
    slices: names.map((name, index) =>
      slice(name, [endpoint(`10.0.0.${index + 1}`, { pod: `${name}-0` })], { namespace }),
    ),
  };
}

/** A Discovery of `v` in pod `v-0`, which has its first picture. */
async function discover(
  t: TestContext,
): Promise<{ api: FakeApi; clock: VirtualClock; running: RunningDiscovery }> {
  const clock = new VirtualClock();
  const api = new FakeApi(clock);
  api.put(node("v"), slice("v", [endpoint("10.0.0.1", { pod: "v-0" })]));
  const running = new RunningDiscovery(api, clock);
  t.after(() => running.stop());
  await clock.advance(1_000);
  return { api, clock, running };
}

describe("faults of the first design, in discovery", () => {
  it("1: the Service is the one that exists, NAME, and not NAME-service", () => {
    const impostor = slice("v-service", [endpoint("10.9.9.9")]);
    const real = slice("v", [endpoint("10.0.0.1", { pod: "v-0" })]);
    const { peers } = picture({ nodes: [node("v")], slices: [impostor, real] });
    assert.deepEqual(
      peers.map((peer) => peer.peerString),
      ["10.0.0.1:11625"],
    );
  });

  it("2: a validator is found whatever labels its pod bears, with no look at pods", async (t) => {
    const { api, running } = await discover(t);
    assert.deepEqual(running.peers(), ["v@10.0.0.1:11625"]);
    assert.equal(running.discovery.current()?.peers[0]?.pod, "v-0");
    assert.deepEqual(
      new Set(api.requests.map((request) => request.split(" ")[1])),
      new Set(["StellarNode", "EndpointSlice"]),
    );
  });

  it("5: the address is the pod's, as Core's own /peers shows it: who is connected is not dialed again", async () => {
    const { peers } = picture(validators(3));
    const scene = await new ApplierScene({ validators: 3 }).startHealthy();
    scene.publish(peers).run();
    await scene.clock.advance(120_000);
    assert.deepEqual(scene.states(), { v2: "connected", v3: "connected" });
    assert.deepEqual(scene.dialed(), ["10.0.0.3:11625"]);
    await scene.end();
  });

  it("7: networks are not mixed, in the files or in what is dialed, and nobody dials itself", async () => {
    const stranger = [
      node("m", { namespace: "validators", network: "Mainnet" }),
      slice("m", [endpoint("10.0.9.1")], { namespace: "validators" }),
    ];
    const { nodes, slices } = validators(3);
    const { peers } = picture({ nodes: [...nodes, stranger[0]], slices: [...slices, stranger[1]] });
    const files = renderPeers(peers);
    assert.equal(files["peers.mainnet.txt"], "10.0.9.1:11625\n");
    assert.doesNotMatch(files["peers.testnet.txt"] ?? "", /10\.0\.9\.1/);
    const scene = await new ApplierScene({ validators: 3 }).startHealthy();
    scene.publish(peers).run();
    await scene.clock.advance(120_000);
    assert.deepEqual(Object.keys(scene.states()), ["v2", "v3"]);
    assert.equal(scene.status().otherNetworks, 1);
    assert.deepEqual(scene.dialed(), ["10.0.0.3:11625"]);
    await scene.end();
  });

  it("8: the order is that of namespace and name, whatever order the API answers in, and nothing is written", () => {
    const { nodes, slices } = validators(12);
    const forward = picture({ nodes, slices }).peers;
    const backward = picture({ nodes: nodes.toReversed(), slices: slices.toReversed() }).peers;
    assert.deepEqual(renderPeers(backward), renderPeers(forward));
    const stored = readStoredDocument(makeStored(forward, "3.1"));
    const rest = {
      age: 0,
      unchangedFor: 0,
      epoch: 3,
      lastSequence: 0,
      lastHash: undefined,
      restoredAt: -Infinity,
      shrink: undefined,
      now: 0,
    };
    assert.equal(planPublication({ stored, peers: backward, ...rest }).action, "nothing");
  });

  it("9: an API error drops no peer", async (t) => {
    const { api, clock, running } = await discover(t);
    for (const status of [404, 500, 0]) {
      const error = new ApiError({ status, reason: "Failed", message: `status ${status}` });
      for (const kind of ["StellarNode", "EndpointSlice"]) api.trouble(kind, error);
      await clock.advance(45_000);
      assert.deepEqual(running.peers(), ["v@10.0.0.1:11625"]);
    }
  });

  it("9: an empty list is not written at the first look", () => {
    const stored = readStoredDocument(makeStored([makePeer(1), makePeer(2)], "3.1"));
    const rest = {
      age: 0,
      unchangedFor: 0,
      epoch: 3,
      lastSequence: 0,
      lastHash: undefined,
      restoredAt: -Infinity,
      shrink: undefined,
      now: 0,
    };
    const plan = planPublication({ stored, peers: [], ...rest });
    assert.deepEqual([plan.action, "reason" in plan && plan.reason], ["withhold", "shrinking"]);
  });

  it("13: of a dual-stack Service the IPv4 address is taken; IPv6 or a hostname alone is left out, and said", () => {
    const six = slice("v", [endpoint("fd00::1", { pod: "v-0" })], { addressType: "IPv6", name: "v-six" });
    const four = slice("v", [endpoint("10.0.0.1", { pod: "v-0" })], { name: "v-zfour" });
    const name = slice("v", [endpoint("v.example.com")], { addressType: "FQDN" });
    const of = (...slices: readonly unknown[]): readonly string[] => {
      const { peers, omissions } = picture({ nodes: [node("v")], slices });
      return [...peers.map((peer) => peer.peerString), ...omissions.map((omission) => omission.reason)];
    };
    assert.deepEqual(of(six, four), ["10.0.0.1:11625"]);
    assert.deepEqual(of(six), ["ipv6-only"]);
    assert.deepEqual(of(name), ["hostname-only"]);
  });
});
