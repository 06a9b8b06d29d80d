import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PeerState, PeerStatus } from "../../../agent/apply/describePeers.ts";
import { planNextLook } from "../../../agent/apply/planNextLook.ts";
import type { NextLookInput } from "../../../agent/apply/planNextLook.ts";
import { makeValidator } from "./makeValidator.ts";

const nothing = { do: "nothing", dueIn: Infinity } as const;

function peer(state: PeerState, planned = true): PeerStatus {
  return { ...makeValidator(1), planned, state, attempts: 1 };
}

function next(differing: Partial<NextLookInput>): number {
  const calm = { step: nothing, waitingFor: undefined, streak: 0, peers: [], sinceAction: Infinity };
  return planNextLook({ ...calm, ...differing });
}

describe("the next look at Core", () => {
  it("comes after 30 s when all is well", () => {
    assert.equal(next({ peers: [peer("connected"), peer("not-planned", false)] }), 30_000);
  });

  it("comes 0.1 s after each step", () => {
    assert.equal(next({ step: { do: "reload" } }), 100);
    assert.equal(next({ step: { do: "dial", peer: makeValidator(1) } }), 100);
  });

  it("comes when a retry is due, never at once and never later than 30 s", () => {
    assert.equal(next({ step: { do: "nothing", dueIn: 7_000 } }), 7_000);
    assert.equal(next({ step: { do: "nothing", dueIn: 0 } }), 100);
    assert.equal(next({ step: { do: "nothing", dueIn: 600_000 } }), 30_000);
  });

  for (const state of ["asked", "pending"] as const)
    it(`comes when a handshake under way should be over (${state}), soon again, and ever later`, () => {
      const delays = [0, 100, 200, 225, 1_999, 2_000, 9_999, 10_000].map((sinceAction) =>
        next({ peers: [peer(state)], sinceAction }),
      );
      assert.deepEqual(delays, [225, 125, 100, 100, 100, 1_000, 1_000, 5_000]);
    });

  it("does not come sooner for peers that are not planned, out of reach or held back", () => {
    const peers = [peer("pending", false), peer("unreached"), peer("held-back", false)];
    assert.equal(next({ peers, sinceAction: 0 }), 30_000);
  });

  it("comes 2 s after the first good look, to prove it", () => {
    for (const streak of [0, 1, 9]) assert.equal(next({ waitingFor: "proving", streak }), 2_000);
  });

  it("comes every 5 s for a minute while Core is waited for, then ever later, up to 30 s", () => {
    const delays = [0, 1, 12, 13, 14, 15, 16, 17, 100].map((streak) =>
      next({ waitingFor: "unreachable", streak }),
    );
    assert.deepEqual(delays, [5_000, 5_000, 5_000, 7_500, 11_250, 16_875, 25_312.5, 30_000, 30_000]);
  });
});
