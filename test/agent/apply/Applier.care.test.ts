import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { CoreApi } from "../../../agent/core/CoreApi.ts";
import type { CoreFault, CoreScript } from "../../fake-core/CoreModel.ts";
import { ApplierScene } from "./ApplierScene.ts";
import type { ApplierSceneOptions } from "./ApplierScene.ts";
import { makeValidator } from "./makeValidator.ts";

const minute = 60_000;

describe("an applier takes care:", () => {
  const scenes: ApplierScene[] = [];

  function open(options: ApplierSceneOptions = {}): ApplierScene {
    const scene = new ApplierScene(options);
    scenes.push(scene);
    return scene;
  }

  afterEach(async () => {
    for (const scene of scenes.splice(0)) await scene.end();
  });

  const unwell: readonly (readonly [string, CoreScript])[] = [
    ["that is booting", { state: "Booting" }],
    ["that joins SCP", { state: "Joining SCP" }],
    ["that is connected only", { state: "Connected" }],
    ["that catches up", { state: "Catching up" }],
    ["that is stopping", { state: "Stopping" }],
    ["whose last ledger is 15 s old", { ledgerAge: 15 }],
    ["that names no network", { passphrase: "" }],
    ["of another network", { passphrase: "Public Global Stellar Network ; September 2015" }],
  ];
  for (const [what, script] of unwell)
    for (const reload of ["auto", "http", "connect"])
      it(`a Core ${what} is asked for nothing, until it is well (${reload})`, async () => {
        const scene = await open({ environment: { RELOAD: reload } }).startHealthy();
        scene.core.script = script;
        scene.publish().run();
        await scene.clock.advance(5 * minute);
        assert.deepEqual([scene.dials().length, scene.reloads().length], [0, 0]);
        scene.core.script = {};
        await scene.clock.advance(minute);
        assert.equal(scene.dials().length + scene.reloads().length > 0, true);
      });

  const faults: readonly CoreFault[] = [
    "html",
    "half-json",
    "exception",
    "booting-error",
    "reset",
    "hang",
    "huge",
  ];
  for (const fault of faults)
    it(`a Core that answers with ${fault} is asked for nothing, until it answers again`, async () => {
      const scene = await open().startHealthy();
      scene.core.fault = fault;
      scene.publish().run();
      await scene.clock.advance(5 * minute);
      assert.deepEqual(new Set(scene.core.requests.map(({ target }) => target)), new Set(["/info"]));
      scene.core.fault = undefined;
      await scene.clock.advance(minute);
      assert.equal(scene.status().revision.confirmed, "1.1");
    });

  it("what failed on the way is no longer shown once nothing is left to be done", async () => {
    const wrap = (core: CoreApi, scene: ApplierScene): CoreApi => ({
      info: (signal) => core.info(signal),
      peers: (signal) => core.peers(signal),
      configReload: (signal) => core.configReload(signal),
      connect: (ip, port, signal) =>
        scene.clock.monotonic() < minute
          ? Promise.resolve({ ok: false, reason: "broken", detail: "ECONNRESET" })
          : core.connect(ip, port, signal),
    });
    const scene = await open({ wrap }).startHealthy();
    scene.publish().run();
    await scene.clock.advance(10_000);
    assert.match(scene.status().lastError ?? "", /ECONNRESET/);
    await scene.clock.advance(5 * minute);
    assert.deepEqual([scene.status().revision.confirmed, scene.status().lastError], ["1.1", undefined]);
  });

  it("a Core that is down is waited for, and said to be so once", async () => {
    const scene = open().publish().run();
    await scene.clock.advance(5 * minute);
    assert.deepEqual([scene.status().core.verdict, scene.status().core.reason], ["waiting", "unreachable"]);
    assert.equal(scene.log.about("core.waiting").length, 1);
    await scene.startHealthy();
    await scene.clock.advance(minute);
    assert.equal(scene.status().revision.confirmed, "1.1");
  });

  it("a Core without /peers is asked for nothing else", async () => {
    const scene = await open({ core: { standalone: true } }).startHealthy();
    scene.publish().run();
    await scene.clock.advance(5 * minute);
    assert.equal(scene.status().core.reason, "no-peers-answer");
    assert.deepEqual([scene.dials().length, scene.reloads().length], [0, 0]);
  });

  it("nothing is done without a document, or without an entry of its own in it", async () => {
    const scene = (await open().startHealthy()).run();
    await scene.clock.advance(minute);
    assert.equal(scene.status().core.reason, "no-document");
    scene.publish([makeValidator(2), makeValidator(3)]);
    await scene.clock.advance(minute);
    assert.equal(scene.status().core.reason, "no-own-entry");
    assert.deepEqual([scene.dials().length, scene.reloads().length], [0, 0]);
  });

  it("a Core on another network than its entry says gets nothing, and that is said", async () => {
    const scene = await open().startHealthy();
    scene
      .publish(scene.peers.map(({ name }, index) => makeValidator(index + 1, { name, network: "mainnet" })))
      .run();
    await scene.clock.advance(5 * minute);
    assert.deepEqual([scene.dials().length, scene.reloads().length], [0, 0]);
    assert.match(scene.log.about("network.mismatch")[0]?.message ?? "", /^nothing is applied: /);
  });

  it("nothing is done when the document and the API disagree about its network", async () => {
    const scene = (await open().startHealthy()).publish();
    scene.shown = [makeValidator(1, { network: "mainnet" })];
    scene.run();
    await scene.clock.advance(5 * minute);
    assert.equal(scene.status().core.reason, "network-disagrees");
    assert.deepEqual([scene.dials().length, scene.reloads().length], [0, 0]);
  });

  for (const reload of ["auto", "http", "connect"])
    it(`an isolated Core is helped by connect, never by a reload (${reload})`, async () => {
      const scene = open({ environment: { RELOAD: reload } });
      scene.core.start();
      scene.publish().run();
      await scene.clock.advance(1_000);
      assert.ok(scene.core.authenticatedPeers > 0);
      assert.equal(scene.dials().length, scene.core.authenticatedPeers);
      assert.equal(scene.reloads().length, 0);
      await scene.clock.advance(minute);
      assert.equal(scene.status().core.verdict, "healthy");
      assert.ok(scene.reloads().every(({ authenticatedPeers }) => authenticatedPeers > 0));
    });

  it("an isolated Core is not told of peers while it is booting", async () => {
    const scene = open();
    scene.core.start();
    scene.core.script = { state: "Booting" };
    scene.publish().run();
    await scene.clock.advance(5 * minute);
    assert.equal(scene.dials().length, 0);
    scene.core.script = { state: "Joining SCP" };
    await scene.clock.advance(minute);
    assert.ok(scene.core.authenticatedPeers > 0);
  });

  it("a peer that never comes is asked for ever more rarely, is reported, and holds nobody up", async () => {
    const scene = await open().startHealthy();
    scene.other(3).stop();
    scene.publish().run();
    await scene.clock.advance(10_000);
    assert.equal(scene.states()["v4"], "connected");
    await scene.clock.advance(60 * minute);
    const times = scene
      .dials()
      .filter(({ target }) => target.includes("10.0.0.3"))
      .map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    assert.ok(times.length >= 6 && times.length <= 15, `${times.length} times`);
    assert.deepEqual(
      waits,
      waits.toSorted((a, b) => a - b),
    );
    assert.equal(scene.states()["v3"], "unreached");
    assert.equal(scene.log.about("peers.unconfirmed").length, 1);
    assert.equal(scene.status().revision.confirmed, undefined);
  });

  it("a peer whose handshake never ends is asked for ever more rarely, though Core shows it now and then", async () => {
    const wrap = (core: CoreApi, { clock }: ApplierScene): CoreApi => ({
      info: (signal) => core.info(signal),
      connect: (ip, port, signal) => core.connect(ip, port, signal),
      configReload: (signal) => core.configReload(signal),
      async peers(signal) {
        const peers = await core.peers(signal);
        const shown = clock.monotonic() % (2 * minute) < minute;
        const tarpit = {
          address: "10.0.0.3:11625",
          direction: "outbound",
          authenticated: false,
          id: "",
        } as const;
        return peers.ok && shown ? { ok: true, value: [...peers.value, tarpit] } : peers;
      },
    });
    const scene = await open({ wrap }).startHealthy();
    scene.other(3).stop();
    scene.publish().run();
    await scene.clock.advance(120 * minute);
    const times = scene.dialed().filter((address) => address === "10.0.0.3:11625").length;
    assert.ok(times >= 10 && times <= 25, `${times} times`);
  });

  it("one thing is asked at a time, however slowly Core answers and whatever else happens", async () => {
    let underWay = 0;
    let most = 0;
    const slowly = (clock: ApplierScene["clock"]) => async (work: Promise<unknown>, signal: AbortSignal) => {
      most = Math.max(most, (underWay += 1));
      await clock.sleep(700, signal);
      underWay -= 1;
      return work;
    };
    const wrap = (core: CoreApi, { clock }: ApplierScene): CoreApi => {
      const slow = slowly(clock) as <T>(work: Promise<T>, signal: AbortSignal) => Promise<T>;
      return {
        info: (signal) => slow(core.info(signal), signal),
        peers: (signal) => slow(core.peers(signal), signal),
        connect: (ip, port, signal) => slow(core.connect(ip, port, signal), signal),
        configReload: (signal) => slow(core.configReload(signal), signal),
      };
    };
    const scene = (await open({ wrap }).startHealthy()).publish().run();
    for (let round = 0; round < 100; round += 1) {
      await scene.clock.advance(300);
      scene.applier.notify();
    }
    assert.equal(most, 1);
    assert.equal(scene.status().revision.confirmed, "1.1");
  });

  it("a storm of notifications makes it look no more than 10 times a second", async () => {
    const scene = (await open().startHealthy()).publish().run();
    await scene.clock.advance(minute);
    const before = scene.core.requestsFor("/info").length;
    for (let round = 0; round < 1_000; round += 1) {
      scene.applier.notify();
      await scene.clock.advance(1);
    }
    assert.ok(scene.core.requestsFor("/info").length - before <= 11);
  });
});
