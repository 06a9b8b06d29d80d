import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { afterEach, describe, it } from "node:test";
import type { CoreFailure, CoreResult } from "../../../agent/core/CoreApi.ts";
import { HttpCoreApi } from "../../../agent/core/HttpCoreApi.ts";
import type { CoreFault } from "../../fake-core/CoreModel.ts";
import { FakeCore } from "../../fake-core/FakeCore.ts";
import type { FakeCoreOptions } from "../../fake-core/FakeCore.ts";
import { FakeNetwork } from "../../fake-core/FakeNetwork.ts";
import { eventually } from "../../runtime/eventually.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { RawServer } from "./RawServer.ts";

const passphrase = "Test SDF Network ; September 2015";
const reloadPath = "/http-command?admin=true&command=config-reload";
const deadline = 5_000;
const never = new AbortController().signal;

function reasonOf(result: CoreResult<unknown>): CoreFailure["reason"] | "ok" {
  return result.ok ? "ok" : result.reason;
}

function respond(body: string, status = "200 OK"): (socket: Socket) => void {
  return (socket) => socket.end(`HTTP/1.0 ${status}\r\nContent-Type: application/json\r\n\r\n${body}`);
}

describe("Core's admin HTTP", () => {
  const clock = new VirtualClock();
  const ends: (() => Promise<void>)[] = [];

  async function startCore(options: Partial<FakeCoreOptions> = {}): Promise<FakeCore> {
    const network = options.network ?? new FakeNetwork();
    const core = new FakeCore({
      clock,
      network,
      name: "alice",
      address: "10.0.0.1:11625",
      passphrase,
      ...options,
    });
    ends.push(() => core.stop());
    await core.start();
    return core;
  }

  async function serve(answer: (socket: Socket) => void): Promise<{ server: RawServer; api: HttpCoreApi }> {
    const server = new RawServer(answer);
    ends.push(() => server.close());
    return { server, api: apiOf(await server.listen()) };
  }

  function apiOf(url: string): HttpCoreApi {
    return new HttpCoreApi({ url, reloadPath, clock });
  }

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  it("reads what a Core says of itself", async () => {
    const core = await startCore();
    assert.deepEqual(await apiOf(core.url).info(never), {
      ok: true,
      value: {
        state: "Synced!",
        network: passphrase,
        ledgerAge: Math.floor(clock.now() / 1_000),
        ledgerNumber: 1,
        authenticatedPeers: 0,
        pendingPeers: 0,
        startedOn: core.model.startedOn,
        build: "v19.0.1-dirty",
      },
    });
  });

  it("has a Core connect, and then finds the peer on both sides", async () => {
    const network = new FakeNetwork();
    const alice = apiOf((await startCore({ network })).url);
    const bob = apiOf((await startCore({ network, name: "bob", address: "10.0.0.2:11625" })).url);
    assert.deepEqual(await alice.peers(never), { ok: true, value: [] });
    assert.deepEqual(await alice.connect("10.0.0.2", 11_625, never), { ok: true, value: undefined });
    const entry = { address: "10.0.0.2:11625", id: "bob", direction: "outbound" };
    assert.deepEqual(await alice.peers(never), { ok: true, value: [{ ...entry, authenticated: false }] });
    await clock.advance(200);
    assert.deepEqual(await alice.peers(never), { ok: true, value: [{ ...entry, authenticated: true }] });
    const inbound = { address: "10.0.0.1:11625", id: "alice", direction: "inbound", authenticated: true };
    assert.deepEqual(await bob.peers(never), { ok: true, value: [inbound] });
  });

  it("tells a Core without config-reload from one that has it", async () => {
    const without = await startCore();
    assert.equal(reasonOf(await apiOf(without.url).configReload(never)), "unknown-command");
    assert.equal(without.model.requests[0]?.target, reloadPath);
    const withIt = await startCore({ onConfigReload: () => [] });
    assert.deepEqual(await apiOf(withIt.url).configReload(never), { ok: true, value: undefined });
  });

  it("says that a Core which stands alone has no /peers and no /connect", async () => {
    const api = apiOf((await startCore({ standalone: true })).url);
    assert.equal(reasonOf(await api.peers(never)), "unknown-command");
    assert.equal(reasonOf(await api.connect("10.0.0.2", 11_625, never)), "unknown-command");
  });

  it("takes a refusal of /connect for what it is, though its status is 200", async () => {
    const api = apiOf((await startCore()).url);
    const result = await api.connect("10.0.0.2", 0, never);
    assert.deepEqual(result, {
      ok: false,
      reason: "error-answer",
      detail: `{"exception": "Could not resolve '10.0.0.2:0': Success"}`,
    });
  });

  const faults: Readonly<Record<Exclude<CoreFault, "hang">, CoreFailure["reason"]>> = {
    html: "unreadable",
    "half-json": "unreadable",
    exception: "error-answer",
    "unescaped-exception": "error-answer",
    "booting-error": "error-answer",
    "plain-text": "unreadable",
    redirect: "status",
    huge: "too-large",
    reset: "broken",
  };
  for (const [fault, reason] of Object.entries(faults))
    it(`finds a Core's ${fault} answer ${reason}, whatever was asked`, async () => {
      const core = await startCore({ onConfigReload: () => [] });
      core.model.fault = fault as CoreFault;
      const api = apiOf(core.url);
      for (const result of [
        await api.info(never),
        await api.peers(never),
        await api.connect("10.0.0.2", 1, never),
      ])
        assert.equal(reasonOf(result), reason);
      // Whatever form it has, a text that is no error may be a future Core's answer to config-reload.
      assert.equal(reasonOf(await api.configReload(never)), fault === "plain-text" ? "ok" : reason);
      core.model.fault = undefined;
      assert.equal(reasonOf(await api.info(never)), "ok");
    });

  it("says the status of a proxy's error, and follows no redirect", async () => {
    const { api } = await serve(respond("{}", "503 Service Unavailable"));
    assert.deepEqual(await api.info(never), { ok: false, reason: "status", detail: "status 503" });
    const elsewhere = await serve((socket) => {
      socket.end("HTTP/1.0 302 Found\r\nLocation: /elsewhere\r\n\r\n");
    });
    assert.equal(reasonOf(await elsewhere.api.info(never)), "status");
    assert.deepEqual(elsewhere.server.requests, ["/info"]);
  });

  it("closes the connection of an answer that is too large, and reads one just under that", async () => {
    const core = await startCore();
    core.model.fault = "huge";
    const result = await apiOf(core.url).info(never);
    assert.deepEqual(result, {
      ok: false,
      reason: "too-large",
      detail: "an answer of more than 1048576 bytes",
    });
    const list = `{"authenticated_peers": {"inbound": null, "outbound": null}, "pending_peers": {"inbound": null, "outbound": null}}`;
    const { api, server } = await serve(respond(list.padEnd(1_048_576)));
    assert.equal(reasonOf(await api.peers(never)), "ok");
    await eventually("the connection ended", 5_000, () => server.closed === 1);
  });

  it("cuts what it quotes of an answer", async () => {
    const { api } = await serve(respond(`{"error": "${"long ".repeat(10_000)}"}`));
    const result = await api.info(never);
    assert.ok(!result.ok && result.detail.length <= 201);
  });

  it("says that nothing listens", async () => {
    const core = await startCore();
    await core.stop();
    assert.deepEqual(await apiOf(core.url).info(never), {
      ok: false,
      reason: "refused",
      detail: "ECONNREFUSED",
    });
  });

  const broken: Readonly<Record<string, (socket: Socket) => void>> = {
    "ends without an answer": (socket) => socket.end(),
    "is no HTTP": (socket) => socket.end("220 mail.example ESMTP\r\n"),
    "ends within its body": (socket) => socket.end("HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    "has endless headers": (socket) => socket.end(`HTTP/1.0 200 OK\r\nX: ${"x".repeat(100_000)}\r\n\r\n{}`),
  };
  for (const [what, answer] of Object.entries(broken))
    it(`calls an answer broken that ${what}`, async () => {
      const { api } = await serve(answer);
      assert.equal(reasonOf(await api.info(never)), "broken");
    });

  it("is not thrown off by bytes after the answer", async () => {
    const { api } = await serve((socket) =>
      socket.end("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}{}{}{}"),
    );
    assert.equal(reasonOf(await api.info(never)), "unreadable");
    assert.equal(reasonOf(await api.info(never)), "unreadable");
  });

  const hanging: Readonly<Record<string, (socket: Socket) => void>> = {
    "never answers": () => undefined,
    "stops within its headers": (socket) => socket.write("HTTP/1.0 200 OK\r\n"),
    "stops within its body": (socket) => socket.write("HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\n{"),
  };
  for (const [what, answer] of Object.entries(hanging))
    it(`gives a Core up at the deadline that ${what}, and hangs up`, async () => {
      const { api, server } = await serve(answer);
      const result = api.info(never);
      await eventually("the request came", 5_000, () => server.requests.length === 1);
      await clock.advance(deadline - 1);
      assert.equal(server.closed, 0);
      await clock.advance(1);
      assert.equal(reasonOf(await result), "timeout");
      await eventually("the connection ended", 5_000, () => server.closed === 1);
    });

  it("sends one request at a time, in the order asked, each with a deadline of its own", async () => {
    const { api, server } = await serve(() => undefined);
    const results = [api.info(never), api.peers(never), api.connect("10.0.0.2", 11_625, never)];
    const sent = ["/info", "/peers", "/connect?peer=10.0.0.2&port=11625"];
    for (const [index, result] of results.entries()) {
      await eventually("its turn came", 5_000, () => server.requests.length === index + 1);
      await clock.advance(deadline - 1);
      assert.deepEqual(server.requests, sent.slice(0, index + 1));
      await clock.advance(1);
      assert.equal(reasonOf(await result), "timeout");
    }
  });

  it("rejects with the signal's reason when it is aborted, and can be asked again", async () => {
    const core = await startCore();
    const api = apiOf(core.url);
    core.model.fault = "hang";
    const stop = new AbortController();
    const result = api.info(stop.signal);
    await eventually("the request came", 5_000, () => core.model.requests.length === 1);
    const reason = new Error("the agent ends");
    stop.abort(reason);
    await assert.rejects(result, reason);
    core.resume();
    core.model.fault = undefined;
    assert.equal(reasonOf(await api.info(never)), "ok");
  });

  it("sends nothing when it is aborted already", async () => {
    const core = await startCore();
    const reason = new Error("ended");
    await assert.rejects(apiOf(core.url).info(AbortSignal.abort(reason)), reason);
    assert.equal(core.model.requests.length, 0);
  });
});
