import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { ApplierScene } from "./ApplierScene.ts";
import type { ApplierSceneOptions } from "./ApplierScene.ts";
import { makeExternal } from "./makeExternal.ts";
import { makeValidator } from "./makeValidator.ts";

const minute = 60_000;

describe("an applier", () => {
  const scenes: ApplierScene[] = [];

  function open(options: ApplierSceneOptions = {}): ApplierScene {
    const scene = new ApplierScene(options);
    scenes.push(scene);
    return scene;
  }

  afterEach(async () => {
    for (const scene of scenes.splice(0)) await scene.end();
  });

  it("has its Core connect to whom it lacks, and confirms that it did", async () => {
    const scene = (await open().startHealthy()).publish().run();
    await scene.clock.advance(5_000);
    assert.deepEqual(scene.dialed(), ["10.0.0.3:11625", "10.0.0.4:11625"]);
    assert.deepEqual(scene.states(), { v2: "connected", v3: "connected", v4: "connected" });
    assert.deepEqual(scene.status().revision, { seen: "1.1", applied: "1.1", confirmed: "1.1" });
    assert.deepEqual(scene.networks, ["testnet"]);
    const events = ["core.healthy", "core.reload.unsupported", "peers.applied", "peers.confirmed"];
    assert.deepEqual(
      scene.log.lines.map(({ event }) => event).filter((event) => events.includes(event)),
      events,
    );
    assert.deepEqual(scene.metrics.gauges, {
      healthy: true,
      source: "api",
      planned: 3,
      connected: 3,
      heldBack: 0,
      behind: 0,
    });
    assert.equal(scene.metrics.confirmations.length, 1);
  });

  it("takes a new document up at once, and touches nothing for one that brings nobody new", async () => {
    const scene = (await open({ validators: 5 }).startHealthy()).run();
    scene.publish(scene.peers.slice(0, 4));
    await scene.clock.advance(minute);
    const asked = scene.dials().length;
    scene.publish(scene.peers, "1.2");
    await scene.clock.advance(1_000);
    assert.equal(scene.states()["v5"], "connected");
    assert.equal(scene.status().revision.confirmed, "1.2");
    scene.publish(scene.peers.slice(0, 3), "1.3");
    await scene.clock.advance(minute);
    assert.equal(scene.dials().length, asked + 1);
    assert.equal(scene.status().revision.confirmed, "1.3");
  });

  it("never drops, bans or reconfigures: it asks for nothing but info, peers, connect and reload", async () => {
    const scene = (await open().startHealthy()).publish().run();
    await scene.clock.advance(minute);
    scene.publish(scene.peers.slice(0, 2), "1.2");
    await scene.clock.advance(minute);
    const paths = new Set(scene.core.requests.map(({ target }) => target.split("?")[0]));
    assert.deepEqual(paths, new Set(["/info", "/peers", "/http-command", "/connect"]));
    assert.ok(scene.core.requests.every(({ method }) => method === "GET"));
  });

  it("never dials a peer that is connected, from whichever side", async () => {
    const scene = await open().startHealthy();
    scene.network.connect(scene.other(3), scene.core.options.address);
    await scene.clock.advance(1_000);
    scene.publish().run();
    await scene.clock.advance(10 * minute);
    assert.deepEqual(scene.dialed(), ["10.0.0.4:11625"]);
    assert.deepEqual(
      scene.status().peers.map(({ direction }) => direction),
      ["outbound", "inbound", "outbound"],
    );
    assert.ok(scene.core.requests.every(({ complaint }) => complaint === undefined));
  });

  it("never dials itself, nor a peer of another network", async () => {
    const scene = await open().startHealthy();
    const outside = makeValidator(1, { ip: "203.0.113.1" });
    const disguised = makeValidator(7, { ip: "10.0.0.1" });
    const mainnet = makeValidator(8, { network: "mainnet" });
    const impostor = makeValidator(9, { networkPassphrase: "else" });
    scene.publish([...scene.peers, outside, disguised, mainnet, impostor]).run();
    await scene.clock.advance(10 * minute);
    assert.deepEqual(scene.dialed(), ["10.0.0.3:11625", "10.0.0.4:11625"]);
    assert.equal(scene.status().otherNetworks, 2);
  });

  it("dials static peers, which its own settings show as much as the API", async () => {
    const external = makeExternal(1);
    const scene = await open({ environment: { STATIC_PEERS: external.peerString } }).startHealthy();
    scene.join(external);
    scene.publish([...scene.peers, external]);
    scene.shown = scene.peers;
    scene.run();
    await scene.clock.advance(5_000);
    assert.equal(scene.states()[external.name], "connected");
  });

  it("dials at most one peer each 0.1 s, and asks one thing at a time", async () => {
    const scene = (await open({ validators: 9 }).startHealthy()).publish().run();
    await scene.clock.advance(5_000);
    const times = scene.dials().map(({ at }) => at);
    assert.equal(times.length, 7);
    for (const [index, at] of times.slice(1).entries()) assert.ok(at - (times[index] ?? 0) >= 100);
  });

  it("is done with eight peers within two seconds of its Core's being healthy", async () => {
    const scene = (await open({ validators: 9 }).startHealthy()).publish().run();
    await scene.clock.advance(2_000 + 2_000);
    assert.equal(scene.status().revision.confirmed, "1.1");
  });

  it("dials 8 of many, and says of the others that they are not planned", async () => {
    const scene = open({ validators: 30 });
    scene.core.start();
    scene.network.connect(scene.other(2), scene.core.options.address);
    await scene.clock.advance(3_000);
    scene.publish().run();
    await scene.clock.advance(minute);
    const planned = scene.status().peers.filter(({ planned }) => planned);
    assert.equal(planned.length, 8);
    assert.ok(planned.every(({ state }) => state === "connected"));
    assert.ok(scene.dialed().every((address) => planned.some(({ peerString }) => peerString === address)));
    const rest = scene.status().peers.filter(({ planned, name }) => !planned && name !== "v2");
    assert.deepEqual(new Set(rest.map(({ state }) => state)), new Set(["not-planned"]));
    assert.equal(scene.status().revision.confirmed, "1.1");
  });

  it("asks ever more rarely for a planned peer that Core has no slot for, and says that it is not reached", async () => {
    const scene = await open({ validators: 30, core: { outboundSlots: 4 } }).startHealthy();
    scene.publish().run();
    await scene.clock.advance(minute);
    const said = scene.log.about("peers.unconfirmed").length;
    assert.ok(said > 0);
    await scene.clock.advance(59 * minute);
    const states = scene
      .status()
      .peers.filter(({ planned }) => planned)
      .map(({ state }) => state);
    assert.equal(states.filter((state) => state === "connected").length, 3);
    assert.equal(states.filter((state) => state === "unreached").length, 5);
    assert.equal(scene.log.about("peers.unconfirmed").length, said);
    const [first = ""] = scene
      .status()
      .peers.filter(({ state }) => state === "unreached")
      .map(({ peerString }) => peerString);
    assert.ok(scene.dialed().filter((address) => address === first).length <= 15);
  });

  it("holds back whom its fresh picture lacks, and says so after 10 s", async () => {
    const scene = (await open().startHealthy()).publish();
    scene.shown = scene.peers.filter(({ name }) => name !== "v3");
    scene.run();
    await scene.clock.advance(9_000);
    assert.deepEqual(scene.log.about("peers.heldback"), []);
    await scene.clock.advance(minute);
    assert.deepEqual(scene.dialed(), ["10.0.0.4:11625"]);
    assert.equal(scene.states()["v3"], "held-back");
    assert.equal(scene.metrics.gauges?.heldBack, 1);
    const [line, ...more] = scene.log.about("peers.heldback");
    assert.match(line?.message ?? "", /10\.0\.0\.3:11625/);
    assert.deepEqual(more, []);
  });

  const holdBack = async (): Promise<ApplierScene> => {
    const scene = (await open().startHealthy()).publish();
    scene.shown = scene.peers.filter(({ name }) => name !== "v3");
    scene.run();
    await scene.clock.advance(minute);
    assert.equal(scene.states()["v3"], "held-back");
    return scene;
  };

  it("dials whom it held back once its picture shows them", async () => {
    const scene = await holdBack();
    scene.shown = scene.peers;
    scene.applier.notify();
    await scene.clock.advance(1_000);
    assert.equal(scene.states()["v3"], "connected");
  });

  it("dials whom it held back when its picture has been too old for a while, and not just awake", async () => {
    const scene = await holdBack();
    scene.pictureAge = 100_000;
    scene.applier.notify();
    await scene.clock.advance(9_500);
    scene.applier.notify();
    await scene.clock.advance(400);
    assert.equal(scene.states()["v3"], "held-back");
    await scene.clock.advance(1_500);
    assert.equal(scene.states()["v3"], "connected");
  });

  it("reports whom its picture shows and the document lacks, and does not dial them", async () => {
    const scene = (await open().startHealthy()).publish(makePeers(1, 2, 3));
    scene.shown = scene.peers;
    scene.run();
    await scene.clock.advance(minute);
    assert.deepEqual(scene.status().unlisted, ["10.0.0.4:11625"]);
    assert.deepEqual(scene.dialed(), ["10.0.0.3:11625"]);
  });

  it("does nothing at all when it is off, but says how things stand", async () => {
    const scene = (await open({ environment: { RELOAD: "off" } }).startHealthy()).publish().run();
    await scene.clock.advance(10 * minute);
    assert.deepEqual([scene.dials().length, scene.reloads().length], [0, 0]);
    assert.deepEqual(scene.states(), { v2: "connected", v3: "missing", v4: "missing" });
    assert.deepEqual(scene.status().revision, { seen: "1.1", applied: undefined, confirmed: undefined });
  });

  it("says nothing twice in an hour in which nothing changes", async () => {
    const scene = (await open().startHealthy()).publish().run();
    await scene.clock.advance(minute);
    const lines = scene.log.lines.length;
    const requests = scene.core.requests.length;
    await scene.clock.advance(60 * minute);
    assert.equal(scene.log.lines.length, lines);
    // Two requests each 30 s.
    assert.ok(scene.core.requests.length - requests <= 241);
  });

  it("ends with the signal's reason", async () => {
    const scene = (await open().startHealthy()).publish().run();
    await scene.clock.advance(minute);
    const reason = new Error("asked to");
    assert.equal(await scene.end(reason), reason);
  });
});

function makePeers(...indexes: readonly number[]): readonly ReturnType<typeof makeValidator>[] {
  return indexes.map((index) => makeValidator(index));
}
