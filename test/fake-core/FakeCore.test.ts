import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { eventually } from "../runtime/eventually.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";
import type { CoreFault } from "./CoreModel.ts";
import { FakeCore } from "./FakeCore.ts";
import type { FakeCoreOptions } from "./FakeCore.ts";
import { FakeNetwork } from "./FakeNetwork.ts";
import recorded from "./recordings/stellar-core-19.0.1.json" with { type: "json" };

const passphrase = "Test SDF Network ; September 2015";

/** A network of fake Cores under one clock, asked over HTTP. */
class Scene {
  readonly clock = new VirtualClock();
  readonly network = new FakeNetwork();
  readonly cores: FakeCore[] = [];

  async start(port: number, options: Partial<FakeCoreOptions> = {}): Promise<FakeCore> {
    const { clock, network } = this;
    const address = `127.0.0.1:${port}`;
    const core = new FakeCore({ clock, network, name: String(port), passphrase, ...options, address });
    this.cores.push(core);
    await core.start();
    return core;
  }

  async connect(from: FakeCore, port: number): Promise<string> {
    return (await fetch(`${from.url}/connect?peer=127.0.0.1&port=${port}`)).text();
  }

  async end(): Promise<void> {
    for (const core of this.cores) await core.stop();
  }
}

async function stateOf(core: FakeCore): Promise<string> {
  const answer = (await (await fetch(`${core.url}/info`)).json()) as { info: { state: string } };
  return answer.info.state;
}

async function authenticatedAt(core: FakeCore): Promise<readonly string[]> {
  type Group = {
    readonly inbound: { address: string }[] | null;
    readonly outbound: { address: string }[] | null;
  };
  const answer = (await (await fetch(`${core.url}/peers`)).json()) as { authenticated_peers: Group };
  const { inbound, outbound } = answer.authenticated_peers;
  return [...(inbound ?? []), ...(outbound ?? [])].map(({ address }) => address);
}

function hasCause(code: string): (error: Error) => boolean {
  return ({ cause }) => (cause as NodeJS.ErrnoException).code === code;
}

describe("a fake Core", () => {
  let scene = new Scene();

  afterEach(async () => {
    await scene.end();
    scene = new Scene();
  });

  it("refuses connections until it is started, and again once it is stopped", async () => {
    const core = await scene.start(1);
    const { url } = core;
    await core.stop();
    await assert.rejects(fetch(`${url}/info`), hasCause("ECONNREFUSED"));
    await core.start();
    assert.equal(core.url, url);
    assert.equal(await stateOf(core), "Synced!");
  });

  it("follows the recorded states of a Core alone", async () => {
    const core = await scene.start(1);
    const [, synced, joining] = recorded.states.alone;
    assert.equal(await stateOf(core), synced?.state);
    await scene.clock.advance((joining?.t ?? 0) * 1_000);
    assert.equal(await stateOf(core), joining?.state);
  });

  it("comes to a connection within the recorded time after /connect", async () => {
    const [alice, bob] = [await scene.start(1), await scene.start(2)];
    assert.equal(await scene.connect(alice, 2), "Connect to: 127.0.0.1:2");
    assert.deepEqual(await authenticatedAt(alice), []);
    await scene.clock.advance((recorded.life[0]?.auth_after_s ?? 0) * 1_000);
    assert.deepEqual(await authenticatedAt(alice), ["127.0.0.1:2"]);
    assert.deepEqual(await authenticatedAt(bob), ["127.0.0.1:1"]);
  });

  it("answers the same for itself, a closed port, another network and a connected peer, and connects none", async () => {
    const alice = await scene.start(1);
    await scene.start(2);
    await scene.start(3, { passphrase: "another" });
    await scene.connect(alice, 2);
    await scene.clock.advance(1_000);
    for (const port of [1, 2, 3, 4])
      assert.equal(await scene.connect(alice, port), `Connect to: 127.0.0.1:${port}`);
    await scene.clock.advance(1_000);
    assert.deepEqual(await authenticatedAt(alice), ["127.0.0.1:2"]);
    const complaints = alice.model.requestsFor("/connect").map(({ complaint }) => complaint);
    assert.deepEqual(complaints, [
      undefined,
      "connects to itself",
      "already connected",
      undefined,
      undefined,
    ]);
  });

  it("finds a peer that was restarted again, with nobody asking", async () => {
    const [alice, bob] = [await scene.start(1), await scene.start(2)];
    await scene.connect(alice, 2);
    await scene.clock.advance(1_000);
    await bob.stop();
    assert.deepEqual(await authenticatedAt(alice), []);
    await bob.start();
    const restarted = recorded.life.find(({ what }) => what.startsWith("bob restarted; reconnect"));
    await scene.clock.advance((restarted?.s ?? 0) * 1_000);
    assert.deepEqual(await authenticatedAt(alice), ["127.0.0.1:2"]);
  });

  it("drops what it dials beyond its outbound slots", async () => {
    const alice = await scene.start(1, { outboundSlots: 2 });
    for (const port of [2, 3, 4]) {
      await scene.start(port);
      await scene.connect(alice, port);
    }
    await scene.clock.advance(1_000);
    assert.equal((await authenticatedAt(alice)).length, 2);
  });

  it("answers one request at a time: one that hangs holds up all others", async () => {
    const core = await scene.start(1);
    core.model.fault = "hang";
    const hung = fetch(`${core.url}/info`).catch(() => "broken");
    await eventually("the request came", 5_000, () => core.model.requests.length === 1);
    core.model.fault = undefined;
    let answered = false;
    const behind = fetch(`${core.url}/info`).then((answer) => {
      answered = true;
      return answer.status;
    });
    // An answer on another Core takes the same way: had the first not waited, it would be here by then.
    const other = await scene.start(2);
    for (let round = 0; round < 5; round += 1) await stateOf(other);
    assert.deepEqual([core.model.requests.length, answered], [1, false]);
    core.resume();
    assert.equal(await hung, "broken");
    assert.equal(await behind, 200);
  });

  it("has a config-reload only when it is given one", async () => {
    const reload = "/http-command?admin=true&command=config-reload";
    const alice = await scene.start(1);
    await scene.start(2);
    assert.equal((await fetch(alice.url + reload)).status, 404);
    const carol = await scene.start(3, { onConfigReload: () => ["127.0.0.1:2"] });
    assert.equal((await fetch(carol.url + reload)).status, 200);
    await scene.clock.advance(1_000);
    assert.deepEqual(await authenticatedAt(carol), ["127.0.0.1:2"]);
  });

  const faults: readonly (readonly [CoreFault, number, RegExp])[] = [
    ["html", 200, /^<b>Welcome/],
    ["half-json", 200, /^\{\s+"info" : \{\s+"build" : "v19$/],
    ["exception", 200, /^\{"exception": "it went wrong"\}$/],
    ["unescaped-exception", 200, /"file""\}$/],
    ["booting-error", 200, /^\{"error": "Core is booting/],
    ["plain-text", 200, /^Set this or that$/],
    ["redirect", 302, /^$/],
  ];
  for (const [fault, status, body] of faults)
    it(`can be made to answer with ${fault}`, async () => {
      const core = await scene.start(1);
      core.model.fault = fault;
      const answer = await fetch(`${core.url}/info`, { redirect: "manual" });
      assert.equal(answer.status, status);
      assert.match(await answer.text(), body);
    });

  it("can be made to break the connection", async () => {
    const core = await scene.start(1);
    core.model.fault = "reset";
    await assert.rejects(fetch(`${core.url}/info`), hasCause("ECONNRESET"));
  });
});
