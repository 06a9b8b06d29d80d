import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decideOwnNetwork } from "../../../agent/apply/decideOwnNetwork.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { makeExternal } from "./makeExternal.ts";
import { makeValidator } from "./makeValidator.ts";

const self = { namespace: "validators", pod: "v1-0", ip: "10.0.0.1", peerPort: 11_625 };
const others = [makeValidator(2), makeValidator(3)];

function decide(own: readonly Peer[], shown?: readonly Peer[]): ReturnType<typeof decideOwnNetwork> {
  return decideOwnNetwork([...own, ...others], shown, self);
}

function withoutPod(differing: Parameters<typeof makeValidator>[1]): Peer {
  const { pod: _pod, ...peer } = makeValidator(1, differing);
  return peer;
}

describe("the agent's own network", () => {
  it("is that of its own entry, with the passphrase of a public network", () => {
    const passphrase = "Test SDF Network ; September 2015";
    assert.deepEqual(decide([makeValidator(1)]), { ok: true, network: "testnet", passphrase });
  });

  it("has the passphrase that the entry states before any other", () => {
    const entry = makeValidator(1, { network: "lab", networkPassphrase: "sc private lab ; 2026" });
    assert.deepEqual(decide([entry]), { ok: true, network: "lab", passphrase: "sc private lab ; 2026" });
  });

  it("has no passphrase where nobody knows it", () => {
    assert.deepEqual(decide([makeValidator(1, { network: "lab" })]), {
      ok: true,
      network: "lab",
      passphrase: undefined,
    });
  });

  const own: Readonly<Record<string, Peer>> = {
    "namespace and pod": makeValidator(1, { ip: "10.9.9.9" }),
    "address and port": makeValidator(1, { namespace: "elsewhere", pod: "x" }),
    "the pod's name": withoutPod({ name: "v1-0", ip: "10.9.9.9" }),
    "the StatefulSet's name": withoutPod({ name: "v1", ip: "10.9.9.9" }),
  };
  for (const [what, entry] of Object.entries(own))
    it(`knows its entry by ${what}`, () => {
      assert.equal(decide([entry]).ok, true);
    });

  const foreign: Readonly<Record<string, Peer>> = {
    "a namesake in another namespace": makeValidator(1, { namespace: "elsewhere", ip: "10.9.9.9" }),
    "another port at its address": makeValidator(9, { ip: "10.0.0.1", port: 1 }),
    "another pod of its namespace": makeValidator(1, { pod: "v1-1", ip: "10.9.9.9" }),
    "a static peer at its own address, which names no network": { ...makeExternal(1), ip: "10.0.0.1" },
  };
  for (const [what, entry] of Object.entries(foreign))
    it(`is not that of ${what}`, () => {
      const decision = decide([entry]);
      assert.ok(!decision.ok && decision.reason === "no-own-entry");
    });

  it("is not known when two entries name two", () => {
    const decision = decide([makeValidator(1), makeValidator(1, { network: "mainnet", port: 2 })]);
    assert.ok(!decision.ok && decision.reason === "network-ambiguous");
  });

  it("is known when the validator is listed twice on one network", () => {
    assert.equal(decide([makeValidator(1), makeValidator(1, { ip: "203.0.113.1" })]).ok, true);
  });

  it("is not known when the agent's own fresh picture names another", () => {
    const decision = decide([makeValidator(1)], [makeValidator(1, { network: "mainnet" })]);
    assert.ok(!decision.ok && decision.reason === "network-disagrees");
  });

  it("is known when the agent's own picture has no entry for it, or the same", () => {
    assert.equal(decide([makeValidator(1)], others).ok, true);
    assert.equal(decide([makeValidator(1)], [makeValidator(1)]).ok, true);
  });
});
