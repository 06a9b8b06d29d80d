import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describePeers } from "../../../agent/apply/describePeers.ts";
import type { DescribeInput } from "../../../agent/apply/describePeers.ts";
import type { CorePeer } from "../../../agent/core/CoreApi.ts";
import { makeValidator } from "./makeValidator.ts";

const peer = makeValidator(2);
const now = 100_000;

function connection(authenticated: boolean, direction: CorePeer["direction"] = "outbound"): CorePeer {
  return { address: peer.peerString, direction, authenticated, id: "v2" };
}

function stateOf(differing: Partial<DescribeInput>): string | undefined {
  const planned = new Set([peer.peerString]);
  const targets = { allowed: [peer], heldBack: [] };
  const input = { targets, planned, connections: [], asked: () => undefined, now };
  return describePeers({ ...input, ...differing })[0]?.state;
}

describe("the state of a peer", () => {
  it("is connected when authenticated, from either side, planned or not", () => {
    for (const direction of ["inbound", "outbound"] as const)
      for (const planned of [new Set<string>(), new Set([peer.peerString])])
        assert.equal(stateOf({ connections: [connection(true, direction)], planned }), "connected");
  });

  it("is pending while its handshake is under way", () => {
    assert.equal(stateOf({ connections: [connection(false)] }), "pending");
  });

  it("is connected when one of its two connections is, in whatever order they are listed", () => {
    const both = [connection(false, "inbound"), connection(true)];
    assert.equal(stateOf({ connections: both }), "connected");
    assert.equal(stateOf({ connections: both.toReversed() }), "connected");
  });

  it("is missing until it is asked for, then asked, then unreached", () => {
    assert.equal(stateOf({}), "missing");
    assert.equal(stateOf({ asked: () => ({ attempts: 1, lastAt: now - 9_999 }) }), "asked");
    assert.equal(stateOf({ asked: () => ({ attempts: 1, lastAt: now - 10_000 }) }), "unreached");
    assert.equal(stateOf({ asked: () => ({ attempts: 2, lastAt: now }) }), "unreached");
  });

  it("is not-planned when others dial it", () => {
    assert.equal(stateOf({ planned: new Set() }), "not-planned");
  });

  it("is held-back when the picture lacks it, unless it is connected all the same", () => {
    const targets = { allowed: [], heldBack: [peer] };
    const planned = new Set<string>();
    assert.equal(stateOf({ targets, planned }), "held-back");
    assert.equal(stateOf({ targets, planned, connections: [connection(true)] }), "connected");
  });

  it("is said of each with its direction and attempts", () => {
    const [status] = describePeers({
      targets: { allowed: [peer], heldBack: [] },
      planned: new Set([peer.peerString]),
      connections: [connection(true, "inbound")],
      asked: () => ({ attempts: 3, lastAt: 0 }),
      now,
    });
    assert.deepEqual(status, {
      namespace: "validators",
      name: "v2",
      peerString: "10.0.0.2:11625",
      planned: true,
      state: "connected",
      direction: "inbound",
      attempts: 3,
    });
  });
});
