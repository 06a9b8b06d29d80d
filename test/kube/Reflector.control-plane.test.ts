import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, it } from "node:test";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { Reflector } from "../../kube/Reflector.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { eventually } from "../runtime/eventually.ts";
import { FaultyProxy } from "./http/FaultyProxy.ts";
import type { Fault } from "./http/FaultyProxy.ts";

const control = await useControlPlane(import.meta.url);

describe(
  "Reflector on a real API server that is hard to reach",
  { skip: control.skip, timeout: 90_000 },
  () => {
    let namespace: string;
    let admin: HttpKubeApi;
    let proxy: FaultyProxy;
    let api: HttpKubeApi;
    let reflector: Reflector<KubeObject>;
    let stop: AbortController;
    let running: Promise<unknown>;
    /** The fewest objects that were ever shown at a change. */
    let smallest: number;
    let said: string[];
    let made = 0;
    const signal = AbortSignal.timeout(90_000);

    const add = async (): Promise<string> => {
      const name = `c${(made += 1)}`;
      const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace, name } };
      await admin.create<KubeObject>(configMap, { signal });
      return `${namespace}/${name}`;
    };
    const shows = async (key: string): Promise<boolean> =>
      eventually(`the reflector shows ${key}`, 15_000, () => reflector.items().has(key));
    const asked = (what: "list" | "watch"): number =>
      proxy.requests.filter(({ path }) => path.includes("watch=true") === (what === "watch")).length;
    /** Meets every request from now on, beginning with a connection that is cut. */
    const fail = (fault: Fault): void => {
      proxy.fault = () => fault;
      proxy.cut();
    };

    before(async () => {
      if (control.skip) return;
      namespace = await control.namespace("reflected");
    });

    beforeEach(async () => {
      admin = new HttpKubeApi({ connection: control.adminConnection, clock: systemClock });
      proxy = await FaultyProxy.open(control);
      const { ca, url } = proxy;
      const headers = { authorization: `Bearer ${control.token}` };
      const credentials = async () => ({ tls: { ca }, headers });
      const connection = { server: new URL(url), credentials, invalidate: () => undefined };
      api = new HttpKubeApi({ connection, clock: systemClock });
      smallest = Infinity;
      said = [];
      reflector = new Reflector({
        api,
        clock: systemClock,
        random: { next: () => 0 },
        collection: { apiVersion: "v1", kind: "ConfigMap", namespace },
        maxAge: 5_000,
        onChange: () => (smallest = Math.min(smallest, reflector.items().size)),
        onFailure: (error) => said.push(`failed ${error.status} ${error.reason}`),
        onRecovery: () => said.push("recovered"),
      });
      stop = new AbortController();
      running = reflector.run(stop.signal).catch(() => undefined);
      await shows(await add());
      smallest = Infinity;
    });

    afterEach(async () => {
      stop.abort();
      await running;
      api.close();
      admin.close();
      await proxy.close();
    });

    it("stays within its age, unchanged, at one request each time, all over one connection", async () => {
      await eventually("three watches ended in good order", 20_000, () => {
        assert.ok(reflector.age() < 6_500, `${reflector.age()} ms old`);
        return asked("watch") === 4;
      });
      assert.equal(asked("list"), 1);
      assert.equal(proxy.handshakes, 1);
      assert.deepEqual(said, []);
    });

    const troubles: readonly (readonly [string, Fault])[] = [
      ["429 with Retry-After", { status: 429, headers: { "retry-after": "1" }, body: "busy" }],
      ["500", { status: 500, body: "broken" }],
      ["503 from a proxy in between", { status: 503, body: "<html>no upstream</html>" }],
      ["401 while the token rotates", { status: 401, body: "" }],
      ["connections that break", "reset"],
    ];
    for (const [name, fault] of troubles)
      it(`keeps all through ${name}, says so once, and has what changed meanwhile without a new list`, async () => {
        const before = reflector.items().size;
        const requests = proxy.requests.length;
        fail(fault);
        const missed = await add();
        await eventually("it was refused twice", 15_000, () => proxy.requests.length >= requests + 2);
        assert.equal(reflector.items().size, before);
        proxy.fault = () => undefined;
        await shows(missed);
        assert.equal(smallest, before + 1);
        assert.equal(asked("list"), 1);
        await eventually("it has caught up", 15_000, () => said.at(-1) === "recovered");
        assert.equal(said.length, 2);
      });

    it("lists anew when its version has expired, and loses nothing on the way", async () => {
      const expired = JSON.stringify({ kind: "Status", code: 410, reason: "Expired", message: "too old" });
      let left = 2;
      proxy.fault = ({ path }) =>
        path.includes("watch=true") && (left -= 1) >= 0 ? { status: 410, body: expired } : undefined;
      const before = reflector.items().size;
      proxy.cut();
      const missed = await add();
      await shows(missed);
      assert.ok(asked("list") >= 2);
      assert.equal(smallest, before + 1);
    });

    it("waits as long as Retry-After says", async () => {
      const requests = proxy.requests.length;
      fail({ status: 429, headers: { "retry-after": "4" } });
      await eventually("it was refused", 10_000, () => proxy.requests.length === requests + 1);
      const refused = performance.now();
      proxy.fault = () => undefined;
      await eventually("it asked again", 10_000, () => proxy.requests.length === requests + 2);
      const waited = performance.now() - refused;
      assert.ok(waited > 3_900 && waited < 6_000, `${waited.toFixed(0)} ms`);
    });

    it("counts a watch that never speaks as silence: it grows old, and watches anew", async () => {
      proxy.fault = () => ({ status: 200, headers: { "content-type": "application/json" }, open: true });
      await eventually("the silence is noticed", 15_000, () => said.includes("failed 0 Timeout"));
      assert.ok(reflector.age() >= 5_000, `${reflector.age()} ms old`);
      proxy.fault = () => undefined;
      await shows(await add());
      await eventually("it has caught up", 15_000, () => said.at(-1) === "recovered");
    });
  },
);
