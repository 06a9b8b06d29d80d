import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { ApplierScene } from "./ApplierScene.ts";
import type { ApplierSceneOptions } from "./ApplierScene.ts";
import { makeValidator } from "./makeValidator.ts";

const minute = 60_000;
const four = ["10.0.0.2:11625", "10.0.0.3:11625", "10.0.0.4:11625"];

describe("an applier and config-reload", () => {
  const scenes: ApplierScene[] = [];

  async function start(options: ApplierSceneOptions = {}): Promise<ApplierScene> {
    const scene = await new ApplierScene({ validators: 6, ...options }).startHealthy();
    scenes.push(scene);
    return scene.publish(scene.peers.slice(0, 4)).run();
  }

  /** One more validator in the document than before. */
  async function grow(scene: ApplierScene, count: number): Promise<void> {
    scene.publish(scene.peers.slice(0, count), `1.${count}`);
    await scene.clock.advance(minute);
  }

  afterEach(async () => {
    for (const scene of scenes.splice(0)) await scene.end();
  });

  it("tries it once, and uses connect from the 404 on", async () => {
    const scene = await start();
    await grow(scene, 5);
    await grow(scene, 6);
    assert.equal(scene.reloads().length, 1);
    assert.equal(scene.dials().length, 4);
    assert.equal(scene.status().core.reload, "unsupported");
    assert.equal(scene.log.about("core.reload.unsupported").length, 1);
    assert.equal(scene.metrics.times("reloaded unsupported"), 1);
  });

  it("tries it once more when Core was started anew, as that may be another Core", async () => {
    const scene = await start();
    await scene.clock.advance(minute);
    scene.core.start();
    await scene.clock.advance(minute);
    await grow(scene, 5);
    await grow(scene, 6);
    assert.equal(scene.reloads().length, 2);
    assert.equal(scene.log.about("core.restarted").length, 1);
    assert.equal(scene.status().revision.confirmed, "1.6");
  });

  it("does not try it again because the agent's look at Core failed for a while", async () => {
    const scene = await start();
    await scene.clock.advance(minute);
    scene.core.fault = "reset";
    await scene.clock.advance(minute);
    scene.core.fault = undefined;
    await grow(scene, 5);
    assert.equal(scene.reloads().length, 1);
    assert.equal(scene.log.about("core.restarted").length, 0);
  });

  it("is content when a reload brings the peers, and asks for another at each change", async () => {
    let known: readonly string[] = four;
    const scene = await start({ core: { onConfigReload: () => known } });
    await scene.clock.advance(minute);
    known = [...four, "10.0.0.5:11625"];
    await grow(scene, 5);
    assert.deepEqual([scene.reloads().length, scene.dials().length], [2, 0]);
    assert.equal(scene.status().revision.confirmed, "1.5");
    assert.equal(scene.metrics.times("reloaded accepted"), 2);
  });

  it("dials, 10 s later, whom an accepted reload did not bring", async () => {
    const scene = await start({ core: { onConfigReload: () => ["10.0.0.3:11625"] } });
    await scene.clock.advance(9_000);
    assert.deepEqual(scene.dialed(), []);
    await scene.clock.advance(minute);
    assert.deepEqual(scene.dialed(), ["10.0.0.4:11625"]);
    assert.equal(scene.reloads().length, 1);
  });

  it("with http alone, asks again ever more rarely while it brings nothing, and never dials", async () => {
    const scene = await start({ environment: { RELOAD: "http" } });
    await scene.clock.advance(60 * minute);
    const times = scene.reloads().map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    assert.ok(times.length > 5 && times.length < 20, `${times.length} times`);
    assert.deepEqual(
      waits,
      waits.toSorted((a, b) => a - b),
    );
    assert.equal(scene.dials().length, 0);
    assert.equal(scene.log.about("core.reload.unsupported").length, 1);
  });

  it("is told of by an Event once it has failed for ten minutes", async () => {
    const failing = { ok: false, reason: "timeout", detail: "5 s" } as const;
    const scene = await start({
      environment: { RELOAD: "http" },
      wrap: (core) => ({
        info: (signal) => core.info(signal),
        peers: (signal) => core.peers(signal),
        connect: (ip, port, signal) => core.connect(ip, port, signal),
        configReload: () => Promise.resolve(failing),
      }),
    });
    await scene.clock.advance(9 * minute);
    assert.equal(scene.events.length, 0);
    await scene.clock.advance(20 * minute);
    assert.equal(scene.events[0]?.reason, "ReloadFailing");
    assert.match(scene.events[0]?.note ?? "", /timeout, 5 s/);
  });

  it("with connect alone, never tries it", async () => {
    const scene = await start({ environment: { RELOAD: "connect" }, core: { onConfigReload: () => four } });
    await grow(scene, 6);
    assert.deepEqual([scene.reloads().length, scene.dials().length], [0, 4]);
  });

  it("asks at RELOAD_PATH and nowhere else", async () => {
    const scene = await start();
    await scene.clock.advance(minute);
    assert.deepEqual(
      scene.reloads().map(({ target }) => target),
      ["/http-command?admin=true&command=config-reload"],
    );
  });

  for (const [setting, most] of [["auto", 1] as const, ["http", 10] as const, ["connect", 0] as const])
    for (const supported of [true, false])
      it(`does not reload a Core at each of its flaps (${setting}, ${supported ? "with" : "without"} reload)`, async () => {
        const core = supported ? { onConfigReload: () => [] } : {};
        const scene = await start({ environment: { RELOAD: setting }, core });
        scene.other(3).stop();
        for (let flap = 0; flap < 60; flap += 1) {
          scene.core.script = { state: "Catching up" };
          await scene.clock.advance(15_000);
          scene.core.script = {};
          await scene.clock.advance(15_000);
        }
        assert.ok(scene.reloads().length <= most);
        assert.ok(scene.reloads().every(({ state }) => state === "Synced!"));
      });

  it("repairs a peer that came back and knows nobody, by the next look", async () => {
    const scene = await start();
    await scene.clock.advance(10 * minute);
    scene.join(makeValidator(3));
    await scene.clock.advance(31_000);
    assert.equal(scene.states()["v3"], "connected");
    assert.equal(scene.reloads().length, 1);
    assert.equal(scene.dials().length, 3);
  });

  it("repairs a Core that came back with new volumes, by the next look", async () => {
    const scene = await start();
    await scene.clock.advance(10 * minute);
    for (const peer of scene.peers.slice(1, 4)) scene.join(peer);
    scene.core.start();
    await scene.clock.advance(31_000);
    assert.equal(scene.core.authenticatedPeers, 3);
    // Once for each start, and not while it was alone.
    assert.equal(scene.reloads().length, 2);
    assert.ok(scene.reloads().every(({ authenticatedPeers }) => authenticatedPeers > 0));
  });

  it("leaves a Core that finds its peers again to itself", async () => {
    const scene = await start();
    await scene.clock.advance(10 * minute);
    const dialed = scene.dials().length;
    scene.core.start();
    await scene.clock.advance(10 * minute);
    assert.equal(scene.dials().length, dialed);
    assert.equal(scene.status().revision.confirmed, "1.1");
  });
});
