import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import type { CoreFault, CoreScript } from "../../fake-core/CoreModel.ts";
import { ApplierScene } from "./ApplierScene.ts";

/** What may befall a Core and its agent; after each, some time passes. */
type Event =
  | { readonly do: "script"; readonly script: CoreScript }
  | { readonly do: "fault"; readonly fault: CoreFault | undefined }
  | { readonly do: "restart" | "stop" | "start" | "cut" | "heal" | "notify" }
  | { readonly do: "publish" | "show"; readonly count: number }
  | { readonly do: "replace" | "drop"; readonly index: number };

const validators = 7;
const index = fc.integer({ min: 2, max: validators });
const count = fc.integer({ min: 0, max: validators });
const script: fc.Arbitrary<CoreScript> = fc.record(
  {
    state: fc.constantFrom("Synced!", "Booting", "Joining SCP", "Catching up", "Stopping"),
    ledgerAge: fc.constantFrom(0, 14, 15, 600),
    passphrase: fc.constantFrom("Test SDF Network ; September 2015", "else", ""),
  },
  { requiredKeys: [] },
);
const fault = fc.constantFrom(
  undefined,
  undefined,
  "html",
  "half-json",
  "exception",
  "reset",
  "hang",
  "huge",
);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ do: fc.constant("script"), script }),
  fc.record({ do: fc.constant("fault"), fault }),
  fc.record({ do: fc.constantFrom("restart", "stop", "start", "cut", "heal", "notify") }),
  fc.record({ do: fc.constantFrom("publish", "show"), count }),
  fc.record({ do: fc.constantFrom("replace", "drop"), index }),
);
const story = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 90_000 })), { maxLength: 25 });

function happen(scene: ApplierScene, event: Event): void {
  const { core, network, peers } = scene;
  if (event.do === "script") core.script = event.script;
  if (event.do === "fault") core.fault = event.fault;
  if (event.do === "restart" || (event.do === "start" && !core.running)) core.start();
  if (event.do === "stop" && core.running) core.stop();
  if (event.do === "cut") network.cut(core);
  if (event.do === "heal") network.heal(core);
  if (event.do === "notify") scene.applier.notify();
  if (event.do === "publish") scene.publish(peers.slice(0, event.count), `1.${event.count}`);
  if (event.do === "show") scene.shown = peers.slice(0, event.count);
  if (event.do === "drop") network.disconnect(core, scene.other(event.index), false);
  if (event.do === "replace") for (const peer of peers.slice(event.index - 1, event.index)) scene.join(peer);
}

/** A new document in the midst of dialing. */
const hurried: readonly [Event, number][] = [
  [{ do: "fault", fault: undefined }, 1_000],
  [{ do: "publish", count: 3 }, 0],
];

/** Brings everything in order again. */
function calm(scene: ApplierScene): void {
  scene.core.script = {};
  scene.core.fault = undefined;
  scene.network.heal(scene.core);
  if (!scene.core.running) scene.core.start();
  scene.publish(scene.peers, "9.9");
}

function assertCareful(scene: ApplierScene): void {
  for (const { state, ledgerAge, authenticatedPeers } of scene.reloads())
    assert.ok(
      state === "Synced!" && ledgerAge < 15 && authenticatedPeers > 0,
      "a reload of a Core that is unwell",
    );
  for (const { state, complaint } of scene.dials()) {
    assert.ok(!["Booting", "Stopping"].includes(state), `a dial while ${state}`);
    assert.equal(complaint, undefined);
  }
  const asked = [...scene.dials(), ...scene.reloads()].map(({ at }) => at).sort((a, b) => a - b);
  for (const [index, at] of asked.slice(1).entries())
    assert.ok(at - (asked[index] ?? 0) >= 100, "two steps within 0.1 s");
}

/** Of each strategy. By hand, `npm run test:histories` draws 3,400. */
const histories = Number(process.env["HISTORIES"] ?? 60);

for (const reload of ["auto", "http", "connect"])
  it(`whatever befalls a Core, its agent takes care, and connects it again once all is well (${reload})`, async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.boolean(), async (story, supported) => {
        const scene: ApplierScene = new ApplierScene({
          validators,
          environment: { RELOAD: reload },
          // A Core that takes reloads takes the peers of the files, which are those of the document.
          core: supported
            ? { onConfigReload: () => scene.peers.slice(1).map(({ peerString }) => peerString) }
            : {},
        });
        await scene.startHealthy();
        scene.publish().run();
        for (const [event, wait] of story) {
          happen(scene, event);
          await scene.clock.advance(wait);
        }
        calm(scene);
        await scene.clock.advance(30 * 60_000);
        assertCareful(scene);
        if (reload !== "http" || supported) assert.equal(scene.status().revision.confirmed, "9.9");
        await scene.end();
      }),
      { numRuns: histories, examples: [[hurried, false]] },
    );
  });
