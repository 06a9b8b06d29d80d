import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ConfigMap } from "../../agent/publish/ConfigMap.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { FaultyProxy } from "../kube/http/FaultyProxy.ts";
import type { Fault, ProxiedRequest } from "../kube/http/FaultyProxy.ts";
import { eventually } from "../runtime/eventually.ts";
import { AgentsOnServer } from "./server/AgentsOnServer.ts";
import type { RunningAgent } from "./server/RunningAgent.ts";

const control = await useControlPlane(import.meta.url, { alone: true });
const validators = 8;
const json = { "content-type": "application/json" };

describe("a whole agent before an API server that fails", { skip: control.skip, timeout: 240_000 }, () => {
  let scene: AgentsOnServer;
  let proxy: FaultyProxy;
  let agent: RunningAgent;
  let moved = 0;
  /** Of each version of the list, how many it names. */
  const counts: number[] = [];
  const call = { signal: AbortSignal.timeout(240_000) };

  const name = () => ({ namespace: scene.chart.peers, name: "stellar-peers" });
  const move = async (): Promise<string> =>
    scene.fleet.move(moved % validators, 1 + Math.floor((moved += 1) / validators));
  const lists = async (address: string, within: number): Promise<unknown> =>
    eventually(`${address} is published`, within, async () => {
      const { data } = await scene.admin.get<ConfigMap>(
        { apiVersion: "v1", kind: "ConfigMap", ...name() },
        call,
      );
      return (data?.["peers.txt"] ?? "").includes(`${address}:`);
    });
  const count = async (): Promise<void> => {
    const options = { resourceVersion: "", timeoutSeconds: 240, maxSilence: 240_000, ...call };
    for await (const event of scene.admin.watch<ConfigMap>(
      { apiVersion: "v1", kind: "ConfigMap", ...name() },
      options,
    ))
      if (event.type === "MODIFIED") counts.push(Number(event.object.data?.["peer_count"]));
  };

  before(async () => {
    if (control.skip) return;
    scene = await AgentsOnServer.install(control);
    await scene.fleet.create(validators);
    proxy = await FaultyProxy.open(control);
    const reach = (token: string) => ({
      server: new URL(proxy.url),
      credentials: async () => ({
        tls: { ca: proxy.ca },
        headers: { authorization: `Bearer ${token}` },
      }),
      invalidate: () => undefined,
    });
    agent = await scene.start(reach, { POLL_INTERVAL: "5s" });
    await lists("10.0.0.8", 30_000);
    void count();
  });
  after(async () => {
    if (control.skip) return;
    await scene.close();
    await proxy.close();
  });

  it("asks all it asks over one connection", async () => {
    const asked = (path: string): number =>
      proxy.requests.filter((request) => request.path.includes(path)).length;
    await eventually(
      "it has watched anew",
      30_000,
      () => asked("stellarnodes?watch") >= 3 && asked("/leases/") >= 2,
    );
    await lists(await move(), 10_000);
    assert.equal(proxy.handshakes, 1);
  });

  const everything = (fault: Fault) => (): Fault => fault;
  const watches =
    (fault: Fault) =>
    ({ path }: ProxiedRequest): Fault | undefined =>
      path.includes("watch=true") ? fault : undefined;
  const troubles: readonly (readonly [string, (request: ProxiedRequest) => Fault | undefined])[] = [
    ["429 with Retry-After", everything({ status: 429, headers: { "retry-after": "1" }, body: "busy" })],
    ["503 from what is in between", everything({ status: 503, body: "<html>no upstream</html>" })],
    ["401, as by a token that has rotated", everything({ status: 401 })],
    ["calls that hang", everything("hang")],
    ["watches that never speak", watches({ status: 200, headers: json, open: true })],
  ];
  for (const [what, fault] of troubles)
    it(`lists all it listed through ${what}, and publishes what changed once that is over`, async () => {
      const before = proxy.requests.length;
      proxy.fault = fault;
      proxy.cut();
      const address = await move();
      await eventually(
        "it was met",
        30_000,
        () => proxy.requests.length >= before + 6 && agent.pictureAge() > 5_500,
      );
      proxy.fault = () => undefined;
      await lists(address, 45_000);
      assert.deepEqual(new Set(counts), new Set([validators]));
    });
});
