import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, it } from "node:test";
import { AgentHttpServer } from "../../../agent/status/AgentHttpServer.ts";
import { AgentMetrics } from "../../../agent/status/AgentMetrics.ts";
import { Heartbeat } from "../../../runtime/Heartbeat.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";

const paths = ["/healthz", "/readyz", "/metrics", "/status"];

describe("the agent's HTTP", () => {
  let clock: VirtualClock;
  let log: RecordedLog;
  let heartbeats: readonly Heartbeat[];
  let started: boolean;
  let status: () => unknown;
  let server: AgentHttpServer;
  let url: string;

  function make(port = 0): AgentHttpServer {
    return new AgentHttpServer({
      host: "127.0.0.1",
      port,
      log,
      registry: new AgentMetrics({ version: "1.2.3" }).registry,
      heartbeats,
      started: () => started,
      status: () => status(),
    });
  }

  function get(path: string, init?: RequestInit): Promise<Response> {
    return fetch(url + path, init);
  }

  beforeEach(async () => {
    clock = new VirtualClock();
    log = new RecordedLog();
    heartbeats = [new Heartbeat("discovery", clock, 30_000), new Heartbeat("apply", clock, 10_000)];
    started = true;
    status = () => ({ version: "1.2.3", leadership: { role: "following" } });
    server = make();
    url = `http://127.0.0.1:${await server.listen()}`;
  });

  afterEach(() => server.close());

  it("says where it listens", () => {
    const [line] = log.about("http.listening");
    assert.equal(`http://127.0.0.1:${String(line?.["port"])}`, url);
  });

  it("is healthy while all loops make progress", async () => {
    await clock.advance(29_000);
    const answer = await get("/healthz");
    assert.deepEqual([answer.status, await answer.text()], [200, "ok\n"]);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain/);
  });

  it("names the loop that makes none, and is healthy again once it does", async () => {
    await clock.advance(30_001);
    const answer = await get("/healthz");
    assert.deepEqual([answer.status, await answer.text()], [503, "the apply loop is overdue by 1 s\n"]);
    heartbeats[1]?.beat();
    assert.equal((await get("/healthz")).status, 200);
  });

  it("names every such loop", async () => {
    await clock.advance(100_000);
    const text = await (await get("/healthz")).text();
    assert.deepEqual(text.trim().split("\n"), [
      "the discovery loop is overdue by 10 s",
      "the apply loop is overdue by 70 s",
    ]);
  });

  it("is ready once it has started, whatever happens to its loops", async () => {
    started = false;
    const answer = await get("/readyz");
    assert.deepEqual([answer.status, await answer.text()], [503, "starting\n"]);
    started = true;
    await clock.advance(1_000_000);
    assert.equal((await get("/readyz")).status, 200);
  });

  it("shows metrics in Prometheus's text format", async () => {
    const answer = await get("/metrics");
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    assert.match(await answer.text(), /^stellar_peer_agent_build_info\{version="1\.2\.3"\} 1$/m);
  });

  it("shows its status as JSON that people can read", async () => {
    const answer = await get("/status");
    assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
    const text = await answer.text();
    assert.deepEqual(JSON.parse(text), status());
    assert.ok(text.includes("\n  ") && text.endsWith("\n"));
  });

  it("answers 500 and logs it when the status can't be told, and goes on", async () => {
    status = () => {
      throw new Error("secret detail");
    };
    const answer = await get("/status");
    assert.equal(answer.status, 500);
    assert.doesNotMatch(await answer.text(), /secret/);
    assert.equal(log.about("http.failed").length, 1);
    assert.equal((await get("/healthz")).status, 200);
  });

  it("knows no other path, and says which it knows", async () => {
    for (const path of ["/", "/healthz/x", "/Status", "/config", "//status", "/%zz"]) {
      const answer = await get(path);
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    }
    assert.deepEqual(await (await get("/config")).json(), { error: "not found", paths });
    assert.deepEqual(log.about("http.failed"), []);
  });

  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    it(`changes nothing: ${method} is not allowed`, async () => {
      for (const path of paths) {
        const answer = await get(path, { method });
        assert.deepEqual([path, answer.status, answer.headers.get("allow")], [path, 405, "GET, HEAD"]);
      }
      assert.equal((await get("/config", { method })).status, 404);
      assert.deepEqual(log.about("http.failed"), []);
    });

  it("takes no body, of whatever type, size or form", async () => {
    const bodies = [
      ["application/json", "{"],
      ["application/json", "x".repeat(100_000)],
      ["application/xml", "<x/>"],
    ] as const;
    for (const [type, body] of bodies)
      for (const path of ["/status", "/config"]) {
        const answer = await get(path, { method: "POST", body, headers: { "content-type": type } });
        assert.ok(answer.status >= 400 && answer.status < 500, `${type} to ${path}: ${answer.status}`);
      }
    assert.deepEqual(log.about("http.failed"), []);
  });

  it("answers HEAD as GET, without a body", async () => {
    for (const path of paths) {
      const answer = await get(path, { method: "HEAD" });
      assert.deepEqual([answer.status, await answer.text()], [200, ""]);
    }
  });

  it("ends connections that are open when it closes", async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const ended = new Promise<void>((resolve) => {
      socket.once("close", () => resolve());
      socket.once("error", () => resolve());
    });
    await new Promise<void>((resolve) => {
      socket.once("connect", () => resolve());
    });
    await server.close();
    await ended;
    await assert.rejects(get("/healthz"));
  });

  it("rejects when its port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    try {
      await assert.rejects(make((other.address() as AddressInfo).port).listen(), { code: "EADDRINUSE" });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});
