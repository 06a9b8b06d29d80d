import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { systemClock } from "../../../runtime/systemClock.ts";
import { installStellarNode } from "../../control-plane/installStellarNode.ts";
import { useControlPlane } from "../../control-plane/useControlPlane.ts";
import { eventually } from "../../runtime/eventually.ts";
import { objects } from "./objects.ts";
import { RunningDiscovery } from "./RunningDiscovery.ts";

// Alone: the CRD of others is not taken away.
const control = await useControlPlane(import.meta.url, { alone: true });
const { node, slice, endpoint } = objects;

describe("Discovery on a real API server", { skip: control.skip, timeout: 120_000 }, () => {
  let namespace: string;
  let api: HttpKubeApi;
  let running: RunningDiscovery;
  const call = { signal: AbortSignal.timeout(120_000) };

  const create = async (...made: readonly KubeObject[]): Promise<void> => {
    for (const object of made) await api.create<KubeObject>(object, call);
  };
  const removeDefinition = async (): Promise<unknown> =>
    control.kubectl(["delete", "crd", "stellarnodes.stellar.org", "--wait=true"]);
  const shows = async (...peers: readonly string[]): Promise<unknown> =>
    eventually(`it shows ${peers.join(" ")}`, 20_000, () => {
      assert.deepEqual(running.peers(), peers);
      return true;
    });
  const source = (): string | null => running.discovery.status().source;

  before(async () => {
    if (control.skip) return;
    namespace = await control.namespace("found");
    api = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
    const labels = { "stellar.org/node-type": "Validator", "stellar-network": "testnet" };
    for (const [index, name] of ["a", "b"].entries()) {
      const endpoints = [endpoint(`10.0.0.${index + 1}`, { pod: `${name}-0` })];
      await create(slice(name, endpoints, { namespace, labels }));
    }
  });
  after(async () => {
    if (control.skip) return;
    await running.stop();
    api.close();
  });

  it("goes by EndpointSlices where there are no StellarNodes", async () => {
    await removeDefinition();
    running = new RunningDiscovery(api, systemClock);
    await shows("a-0@10.0.0.1:11625", "b-0@10.0.0.2:11625");
    assert.equal(source(), "endpointslices");
    assert.deepEqual(running.events("warn"), []);
  });

  it("goes by StellarNodes within seconds of their definition, and says what it leaves out", async () => {
    await installStellarNode(control);
    await create(node("a", { namespace }), node("b", { namespace, suspended: true }));
    await shows("a@10.0.0.1:11625");
    assert.equal(source(), "stellarnodes");
    assert.deepEqual(
      running.discovery.status().omissions.map(({ name, reason }) => [name, reason]),
      [["b", "suspended"]],
    );
    await api.patch(
      { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode", namespace, name: "b" },
      { type: "merge", body: { spec: { suspended: false } } },
      call,
    );
    await shows("a@10.0.0.1:11625", "b@10.0.0.2:11625");
  });

  it("goes on with StellarNodes when their definition is taken away and comes back", async () => {
    await removeDefinition();
    await eventually("it notices", 40_000, () => running.failing.get("StellarNode") === true);
    // The server deletes the objects first, and says so. What that leaves is proven no more, and so never published.
    await shows();
    await eventually("it grows old", 20_000, () => running.discovery.age() > 3_000);
    assert.equal(source(), "stellarnodes");
    await installStellarNode(control);
    await create(node("a", { namespace, network: { Custom: "Harbour" } }));
    await shows("a@10.0.0.1:11625");
    assert.deepEqual(running.discovery.status().peersByNetwork, { harbour: 1 });
    assert.equal(source(), "stellarnodes");
    await eventually("all is well", 20_000, () => running.failing.get("StellarNode") === false);
  });
});
