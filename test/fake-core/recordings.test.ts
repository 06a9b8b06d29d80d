import assert from "node:assert/strict";
import { connect } from "node:net";
import { afterEach, describe, it } from "node:test";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import { FakeCore } from "./FakeCore.ts";
import type { FakeCoreOptions } from "./FakeCore.ts";
import { FakeNetwork } from "./FakeNetwork.ts";
import recorded from "./recordings/stellar-core-19.0.1.json" with { type: "json" };

interface Exchange {
  readonly request: string;
  readonly statusLine: string;
  readonly headers: readonly string[];
  readonly body: string;
}

const passphrase = "sc private lab ; 2026";

/** The bytes of one answer, taken apart. A raw socket, since no HTTP client sends `//info` or reads HEAD's body. */
function send(url: string, request: string): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (part) => (text += String(part)));
    socket.on("error", reject);
    socket.on("close", () => {
      const [head = "", body = ""] = text.split(/\r\n\r\n([^]*)/);
      const [statusLine = "", ...headers] = head.split("\r\n");
      resolve({ request, statusLine, headers, body });
    });
    socket.write(`${request} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  });
}

/** Each leaf's path with its type; elements of a list count as one, and null, which Core writes for "none", as any. */
function shapeOf(value: unknown, path = ""): ReadonlyMap<string, string> {
  if (Array.isArray(value)) return new Map(value.flatMap((entry) => [...shapeOf(entry, `${path}[]`)]));
  if (typeof value !== "object" || value === null)
    return new Map([[path, value === null ? "any" : typeof value]]);
  return new Map(Object.entries(value).flatMap(([key, field]) => [...shapeOf(field, `${path}.${key}`)]));
}

/** What the fake shows, the recording shows in the same type; what the fake leaves out begins with one of `without`. */
function assertShape(body: string, recording: string, without: readonly string[]): void {
  const fake = shapeOf(JSON.parse(body));
  const real = shapeOf(JSON.parse(recording));
  for (const [path, type] of fake)
    if (type !== "any") assert.ok([type, "any"].includes(real.get(path) ?? "absent"), `${path} is ${type}`);
  const missing = [...real.keys()].filter((path) => !fake.has(path));
  assert.deepEqual(
    missing.filter((path) => !without.some((prefix) => path.startsWith(prefix))),
    [],
  );
}

function headOf({ request, statusLine, headers }: Exchange): unknown {
  return { request, statusLine, type: headers.find((header) => header.startsWith("Content-Type")) };
}

describe("the fake Core against recordings of a real one", () => {
  const cores: FakeCore[] = [];
  const clock = new VirtualClock();
  const network = new FakeNetwork();

  async function start(options: Partial<FakeCoreOptions> & { readonly address: string }): Promise<FakeCore> {
    const core = new FakeCore({ clock, network, name: "alice", passphrase, ...options });
    cores.push(core);
    await core.start();
    return core;
  }

  afterEach(async () => {
    for (const core of cores.splice(0)) {
      network.remove(core.model);
      await core.stop();
    }
  });

  async function replay(core: FakeCore, exchanges: readonly Exchange[]): Promise<void> {
    assert.ok(exchanges.length > 0);
    for (const exchange of exchanges) assert.deepEqual(await send(core.url, exchange.request), exchange);
  }

  it("answers unknown commands, config-reload among them, with the welcome page and 404", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    await replay(core, recorded.unknownCommands);
  });

  it("has no overlay commands when it stands alone", async () => {
    const core = await start({ address: "127.0.0.1:21625", standalone: true });
    await replay(core, recorded.standaloneUnknown);
  });

  it("answers each recorded form of /connect to the byte", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    await replay(core, recorded.connect);
  });

  it("answers a name that does not resolve with 200 and an exception", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    const real = recorded.slowDnsConnect;
    const answer = await send(core.url, real.request);
    assert.deepEqual(headOf(answer), headOf(real));
    const beginning = `{"exception": "Could not resolve 'slow-name.example:11625': Host not found`;
    assert.ok(answer.body.startsWith(beginning) && real.body.startsWith(beginning));
  });

  it("answers each recorded form of /droppeer to the byte", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    const peer = recorded.droppeer.map(({ body }) => /^Drop peer: (.+)$/.exec(body)?.[1]).find(Boolean);
    await start({ address: "127.0.0.1:22625", name: peer ?? "" });
    await send(core.url, "GET /connect?peer=127.0.0.1&port=22625");
    await clock.advance(200);
    await replay(core, recorded.droppeer);
  });

  it("alone, says the recorded bytes at its start and again once it joins SCP", async () => {
    const real = recorded.aloneInfo;
    const { info } = JSON.parse(real["Synced!"].body) as { info: { startedOn: string } };
    clock.wallOffset = Date.parse(info.startedOn) - clock.monotonic();
    const core = await start({ address: "127.0.0.1:21625" });
    await replay(core, [real["Synced!"], recorded.alonePeers]);
    await clock.advance(35_000);
    await replay(core, [real["Joining SCP"]]);
  });

  it("in step with two peers, has the recorded shape of /info and /peers", async () => {
    const core = await start({ address: "127.0.0.1:21625", quorum: 2 });
    for (const [name, port] of [["bob", 22625] as const, ["carol", 23625] as const]) {
      await start({ address: `127.0.0.1:${port}`, name });
      await send(core.url, `GET /connect?peer=127.0.0.1&port=${port}`);
    }
    await clock.advance(38_200);
    const info = await send(core.url, "GET /info");
    assert.deepEqual(headOf(info), headOf(recorded.syncedInfo));
    assertShape(info.body, recorded.syncedInfo.body, [".info.quorum."]);
    const peers = await send(core.url, "GET /peers");
    assert.deepEqual(headOf(peers), headOf(recorded.syncedPeers));
    const strip = (body: string): string =>
      body.replaceAll(/\s+"flow_control" : \{[^]*?"enabled"\s+\},/g, "");
    assert.equal(peers.body, strip(recorded.syncedPeers.body));
  });

  it("says Synced! until the last ledger is 35 s old when its peers are lost", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    const bob = await start({ address: "127.0.0.1:22625", name: "bob" });
    await send(core.url, "GET /connect?peer=127.0.0.1&port=22625");
    const [handshake, firstLedger, nextLedger, age] = [200, 2_000, 5_000, 3_000];
    await clock.advance(handshake + firstLedger + nextLedger + age);
    network.cut(bob.model);
    await assertSays(core, recorded.quorumLost["Synced!"]);
    await clock.advance(32_000);
    await assertSays(core, recorded.quorumLost["Joining SCP"]);
    network.heal(bob.model);
  });

  async function assertSays(core: FakeCore, real: Exchange): Promise<void> {
    const answer = await send(core.url, real.request);
    assert.deepEqual(headOf(answer), headOf(real));
    assertShape(answer.body, real.body, [".info.quorum."]);
    const [said, recording] = [answer.body, real.body].map((body) => JSON.parse(body) as typeof infoShape);
    assert.equal(said?.info.state, recording?.info.state);
    assert.equal(said?.info.ledger.age, recording?.info.ledger.age);
    assert.deepEqual(said?.info.peers, recording?.info.peers);
  }

  it("says what a booting and a stopping Core say", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    core.model.script = { state: "Booting", ledgerAge: 342 };
    const { body } = await send(core.url, "GET /info");
    assertShape(body, recorded.bootingInfo, []);
    core.model.script = { state: "Stopping", ledgerAge: 0 };
    await assertSays(core, recorded.stoppingInfo);
  });

  it("answers POST and HEAD as GET, body and all", async () => {
    const core = await start({ address: "127.0.0.1:21625" });
    core.model.script = { ledgerAge: 0 };
    for (const real of recorded.posts) await assertSays(core, real);
  });
});

const infoShape = {
  info: { state: "", ledger: { age: 0 }, peers: { authenticated_count: 0, pending_count: 0 } },
};
