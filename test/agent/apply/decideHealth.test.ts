import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { decideHealth } from "../../../agent/apply/decideHealth.ts";
import type { Health } from "../../../agent/apply/decideHealth.ts";
import type { CoreFailure, CoreInfo } from "../../../agent/core/CoreApi.ts";
import { coreFailure } from "../../../agent/core/coreFailure.ts";
import { makeInfo } from "./makeInfo.ts";

const testnet = { network: "testnet", passphrase: "Test SDF Network ; September 2015" };
const lab = { network: "lab", passphrase: undefined };

function look(
  differing: Partial<CoreInfo>,
  previous?: Health,
  now = 0,
  own = testnet as typeof lab | typeof testnet,
): Health {
  return decideHealth({ ok: true, value: makeInfo(differing) }, own, previous?.proof, now);
}

function twice(differing: Partial<CoreInfo>, own?: typeof lab): Health {
  return look(differing, look(differing, undefined, 0, own), 2_000, own);
}

describe("the health gate", () => {
  it("opens at the second good look, a second or more after the first", () => {
    const first = look({});
    assert.deepEqual([first.verdict, first.reason], ["waiting", "proving"]);
    assert.equal(look({}, first, 999).verdict, "waiting");
    assert.equal(look({}, look({}, first, 999), 1_000).verdict, "healthy");
  });

  it("stays open as long as every look is good", () => {
    let health = twice({});
    for (let now = 30_000; now < 300_000; now += 30_000) {
      health = look({}, health, now);
      assert.equal(health.verdict, "healthy");
    }
  });

  it("asks for the proof again after a bad look, and after a restart of Core", () => {
    const bad = look({ ledgerAge: 20 }, twice({}), 4_000);
    assert.equal(bad.proof, undefined);
    assert.equal(look({}, bad, 6_000).reason, "proving");
    assert.equal(look({ startedOn: "2026-01-01T01:00:00Z" }, twice({}), 4_000).reason, "proving");
  });

  const waiting: readonly (readonly [string, Partial<CoreInfo>, Health["reason"]])[] = [
    ["is booting", { state: "Booting" }, "booting"],
    ["is booting, alone", { state: "Booting", authenticatedPeers: 0 }, "booting"],
    ["is stopping", { state: "Stopping" }, "stopping"],
    ["is stopping, alone", { state: "Stopping", authenticatedPeers: 0 }, "stopping"],
    ["joins SCP", { state: "Joining SCP" }, "not-synced"],
    ["is connected only", { state: "Connected" }, "not-synced"],
    ["catches up", { state: "Catching up" }, "not-synced"],
    ["says something new", { state: "Synced" }, "not-synced"],
    ["has a ledger of 15 s", { ledgerAge: 15 }, "ledger-old"],
    ["has never closed a ledger", { ledgerAge: 1_795_429_162 }, "ledger-old"],
    ["names no network", { network: "" }, "network-unknown"],
    [
      "is on another network",
      { network: "Public Global Stellar Network ; September 2015" },
      "network-mismatch",
    ],
    ["is on another network, alone", { network: "else", authenticatedPeers: 0 }, "network-mismatch"],
  ];
  for (const [what, differing, reason] of waiting)
    it(`is shut for a Core that ${what}`, () => {
      const { verdict, reason: given, proof } = twice(differing);
      assert.deepEqual([verdict, given, proof], ["waiting", reason, undefined]);
    });

  it("is open for a ledger of 14 s", () => {
    assert.equal(twice({ ledgerAge: 14 }).verdict, "healthy");
  });

  for (const state of ["Synced!", "Joining SCP", "Catching up", "Connected"])
    it(`finds a Core isolated that says ${state} without a peer`, () => {
      const { verdict, proof } = twice({ state, authenticatedPeers: 0 });
      assert.deepEqual([verdict, proof], ["isolated", undefined]);
    });

  it("believes a network of its own whose passphrase nobody knows", () => {
    assert.equal(twice({ network: "sc private lab ; 2026" }, lab).verdict, "healthy");
  });

  it("is shut for a private network's Core that runs on a public one", () => {
    assert.equal(twice({ network: testnet.passphrase }, lab).reason, "network-mismatch");
  });

  const failures: readonly (readonly [CoreFailure["reason"], Health["reason"]])[] = [
    ["refused", "unreachable"],
    ["timeout", "unreachable"],
    ["broken", "unreachable"],
    ["unknown-command", "no-answer"],
    ["status", "no-answer"],
    ["too-large", "no-answer"],
    ["unreadable", "no-answer"],
    ["error-answer", "no-answer"],
  ];
  for (const [failure, reason] of failures)
    it(`is shut when /info failed: ${failure}`, () => {
      const { proof } = twice({});
      const health = decideHealth(coreFailure(failure, "why"), testnet, proof, 4_000);
      assert.deepEqual([health.verdict, health.reason, health.proof], ["waiting", reason, undefined]);
    });

  it("opens for nothing less than all of it, whatever Core says", () => {
    const info = fc.record({
      state: fc.constantFrom("Synced!", "Booting", "Catching up", "Stopping", ""),
      network: fc.constantFrom(testnet.passphrase, "else", ""),
      ledgerAge: fc.nat({ max: 30 }),
      authenticatedPeers: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(info, (differing) => {
        const { state, network, ledgerAge, authenticatedPeers } = differing;
        const good =
          state === "Synced!" && network === testnet.passphrase && ledgerAge < 15 && authenticatedPeers > 0;
        assert.equal(twice(differing).verdict === "healthy", good);
        assert.notEqual(look(differing).verdict, "healthy");
      }),
    );
  });
});
