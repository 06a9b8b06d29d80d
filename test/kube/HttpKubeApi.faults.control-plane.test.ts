import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { WatchEnd, WatchEvent } from "../../kube/WatchEvent.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { TcpProxy } from "../e2e/TcpProxy.ts";
import { eventually } from "../runtime/eventually.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { FaultyProxy } from "./http/FaultyProxy.ts";

const control = await useControlPlane(import.meta.url);
const namespaces = { apiVersion: "v1", kind: "Namespace" };
const system = { ...namespaces, name: "kube-system" };
const retryAfter = { "retry-after": "7" };

describe("HttpKubeApi before a server that fails", { skip: control.skip, timeout: 60_000 }, () => {
  const ends: (() => unknown)[] = [];
  const signal = AbortSignal.timeout(60_000);

  async function open(
    options: { readonly http1?: boolean; readonly clock?: Clock } = {},
  ): Promise<{ proxy: FaultyProxy; line: TcpProxy; api: HttpKubeApi }> {
    const { clock = systemClock } = options;
    const proxy = await FaultyProxy.open(control, options);
    const line = await TcpProxy.open(proxy.url);
    const { ca } = proxy;
    const connection = {
      server: new URL(line.url),
      credentials: async () => ({ tls: { ca }, headers: { authorization: `Bearer ${control.token}` } }),
      invalidate: () => undefined,
    };
    const api = new HttpKubeApi({ connection, clock });
    ends.push(() => proxy.close());
    ends.push(() => line.close());
    ends.push(() => api.close());
    return { proxy, line, api };
  }

  /** What a call fails with. */
  async function failure(work: Promise<unknown>): Promise<ApiError> {
    const error = await work.then(
      () => assert.fail("it did not fail"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }

  async function watchEnd(
    api: HttpKubeApi,
    resourceVersion: string,
    maxSilence = 30_000,
    collection: Collection = namespaces,
  ): Promise<WatchEnd> {
    for await (const event of api.watch(collection, {
      resourceVersion,
      timeoutSeconds: 1,
      maxSilence,
      signal,
    }))
      if (event.type === "ENDED") return event.end;
    return assert.fail("a watch ended without saying why");
  }

  /** A watch that is read in the background until it ends. */
  function watchOn(
    api: HttpKubeApi,
    maxSilence: number,
  ): { events: WatchEvent<KubeObject>[]; done: Promise<void> } {
    const events: WatchEvent<KubeObject>[] = [];
    const read = async (): Promise<void> => {
      for await (const event of api.watch(namespaces, {
        resourceVersion: "",
        timeoutSeconds: 60,
        maxSilence,
        signal,
      }))
        events.push(event);
    };
    return { events, done: read() };
  }

  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  it("makes one TLS handshake for all calls and watches by HTTP/2", async () => {
    const { proxy, api } = await open();
    const watches = Array.from({ length: 6 }, async () => watchEnd(api, ""));
    for (let call = 0; call < 40; call += 1) await api.get(system, { signal });
    await Promise.all(Array.from({ length: 20 }, async () => api.get(system, { signal })));
    assert.deepEqual(
      (await Promise.all(watches)).map((end) => end.reason),
      Array(6).fill("closed"),
    );
    assert.equal(proxy.handshakes, 1);
    assert.equal(proxy.requests.length, 66);
  });

  it("keeps its connections by HTTP/1.1", async () => {
    const { proxy, api } = await open({ http1: true });
    for (let call = 0; call < 40; call += 1) await api.get(system, { signal });
    assert.equal((await watchEnd(api, "")).reason, "closed");
    // One to learn that there is no HTTP/2, one that is kept.
    assert.ok(proxy.handshakes <= 2, `${proxy.handshakes} handshakes`);
  });

  for (const http1 of [false, true])
    it(`reads Retry-After of a 429, and 5xx of whatever is in between, by ${http1 ? "HTTP/1.1" : "HTTP/2"}`, async () => {
      const { proxy, api } = await open({ http1 });
      for (const status of [429, 500, 502, 503, 504]) {
        proxy.fault = () => ({ status, headers: retryAfter, body: "<html>busy</html>" });
        const error = await failure(api.get(system, { signal }));
        assert.deepEqual([error.status, error.retryAfter, error.transient], [status, 7_000, true]);
        const end = await watchEnd(api, "");
        assert.ok(end.reason === "failed" && end.error.status === status && end.error.retryAfter === 7_000);
      }
      proxy.fault = () => undefined;
      assert.equal((await api.get(system, { signal })).metadata.name, "kube-system");
    });

  it("takes the real server's own 410 for an expired version, in the stream and before it", async () => {
    const { proxy, api } = await open();
    // Its cache of this kind begins when the kind was defined, long after version 1.
    const nodes = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode" };
    assert.equal((await watchEnd(api, "1", 30_000, nodes)).reason, "expired");
    proxy.fault = () => ({
      status: 410,
      body: JSON.stringify({ kind: "Status", reason: "Expired", code: 410 }),
    });
    assert.equal((await watchEnd(api, "1")).reason, "expired");
  });

  it("fails at its deadline when there is no answer, and goes on over the same connection", async () => {
    const { proxy, api } = await open();
    proxy.fault = () => "hang";
    const began = performance.now();
    const error = await failure(api.get(system, { signal, deadline: 300 }));
    assert.deepEqual([error.status, error.reason], [0, "Timeout"]);
    assert.ok(performance.now() - began < 2_000);
    proxy.fault = () => undefined;
    await api.get(system, { signal });
    assert.equal(proxy.handshakes, 1);
  });

  it("leaves a connection that has gone dead without a word within 15 s, and opens another", async () => {
    const clock = new VirtualClock();
    const { proxy, line, api } = await open({ clock });
    await api.get(system, { signal });
    const watch = watchOn(api, 60_000);
    await eventually("the watch speaks", 5_000, () => watch.events.length > 0);
    line.hang();
    const call = failure(api.get(system, { signal, deadline: 2_000 }));
    await clock.advance(2_000);
    assert.equal((await call).reason, "Timeout");
    await clock.advance(13_000);
    await watch.done;
    const last = watch.events.at(-1);
    assert.ok(last?.type === "ENDED" && last.end.reason === "failed", JSON.stringify(last));
    line.mend();
    assert.equal((await api.get(system, { signal })).metadata.name, "kube-system");
    assert.equal(proxy.handshakes, 2);
  });

  it("gives up a watch that was accepted and never speaks", async () => {
    const { proxy, api } = await open();
    proxy.fault = () => ({ status: 200, headers: { "content-type": "application/json" }, open: true });
    assert.equal((await watchEnd(api, "", 200)).reason, "silent");
    proxy.fault = () => ({ status: 200, body: '{"type":"ADDED","obj', open: true });
    assert.equal((await watchEnd(api, "", 200)).reason, "silent");
  });

  it("says that the connection failed when it is cut, and opens another", async () => {
    const { proxy, line, api } = await open();
    const watch = watchOn(api, 60_000);
    await eventually("the watch speaks", 5_000, () => watch.events.length > 0);
    proxy.fault = ({ path }) => (path.includes("watch") ? undefined : "hang");
    const call = failure(api.get(system, { signal }));
    await eventually("the call is under way", 5_000, () => proxy.requests.length === 2);
    line.cut();
    assert.equal((await call).reason, "ConnectionFailed");
    await watch.done;
    const last = watch.events.at(-1);
    assert.ok(last?.type === "ENDED" && last.end.reason === "failed", JSON.stringify(last));
    line.mend();
    proxy.fault = () => undefined;
    await api.get(system, { signal });
    assert.equal(proxy.handshakes, 2);
  });

  it("takes an answer cut in its middle for none", async () => {
    const { proxy, api } = await open();
    proxy.fault = () => ({ status: 200, body: '{"kind":"Namespace","metad' });
    const error = await failure(api.get(system, { signal }));
    assert.deepEqual([error.reason, error.transient], ["InvalidAnswer", true]);
  });
});
