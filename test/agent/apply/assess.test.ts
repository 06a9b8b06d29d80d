import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assess } from "../../../agent/apply/assess.ts";
import type { Assessment, AssessInput } from "../../../agent/apply/assess.ts";
import type { CoreInfo } from "../../../agent/core/CoreApi.ts";
import { coreFailure } from "../../../agent/core/coreFailure.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { makeDocument } from "./makeDocument.ts";
import { makeInfo } from "./makeInfo.ts";
import { makeValidator } from "./makeValidator.ts";

const self = { namespace: "validators", pod: "v1-0", ip: "10.0.0.1", peerPort: 11_625 };
const three = [makeValidator(1), makeValidator(2), makeValidator(3)];

function input(peers: readonly Peer[] | undefined, info: Partial<CoreInfo> = {}): AssessInput {
  return {
    document: peers && { document: makeDocument(peers), receivedAt: 0, source: "api" },
    shown: undefined,
    info: { ok: true, value: makeInfo(info) },
    self,
    maxDialed: 8,
    proof: { startedOn: makeInfo().startedOn, since: 0 },
    now: 2_000,
  };
}

function namesOf(peers: readonly Peer[]): readonly string[] {
  return peers.map(({ name }) => name);
}

function reasonOf({ obstacle }: Assessment): string | undefined {
  return obstacle?.reason;
}

describe("what follows from the document, the picture and Core", () => {
  it("is a plan and no obstacle when all is well", () => {
    const { health, obstacle, own, planned } = assess(input(three));
    assert.deepEqual([health.verdict, obstacle, own?.network], ["healthy", undefined, "testnet"]);
    assert.deepEqual(namesOf(planned), ["v2", "v3"]);
  });

  it("is a plan and no obstacle for an isolated Core", () => {
    const { health, obstacle, planned } = assess(input(three, { authenticatedPeers: 0 }));
    assert.deepEqual([health.verdict, obstacle], ["isolated", undefined]);
    assert.deepEqual(namesOf(planned), ["v2", "v3"]);
  });

  it("is a plan all the same while Core is waited for, with what it waits for", () => {
    const assessment = assess(input(three, { state: "Catching up" }));
    assert.equal(reasonOf(assessment), "not-synced");
    assert.deepEqual(namesOf(assessment.planned), ["v2", "v3"]);
  });

  it("is an obstacle and no plan without a document, whatever Core says", () => {
    for (const authenticatedPeers of [0, 2]) {
      const assessment = assess(input(undefined, { authenticatedPeers }));
      assert.deepEqual([reasonOf(assessment), assessment.planned], ["no-document", []]);
    }
  });

  it("is an obstacle and no plan when the own network is not known, whatever Core says", () => {
    const ambiguous = [...three, makeValidator(1, { network: "mainnet", port: 1 })];
    for (const authenticatedPeers of [0, 2]) {
      const lacking = assess(input(three.slice(1), { authenticatedPeers }));
      assert.deepEqual([reasonOf(lacking), lacking.planned], ["no-own-entry", []]);
      const twofold = assess(input(ambiguous, { authenticatedPeers }));
      assert.deepEqual([reasonOf(twofold), twofold.planned], ["network-ambiguous", []]);
      const shown = [makeValidator(1, { network: "mainnet" })];
      const disputed = assess({ ...input(three, { authenticatedPeers }), shown });
      assert.deepEqual([reasonOf(disputed), disputed.planned], ["network-disagrees", []]);
    }
  });

  it("is an obstacle and no plan when Core is on another network, isolated or not", () => {
    for (const authenticatedPeers of [0, 2]) {
      const assessment = assess(input(three, { network: "else", authenticatedPeers }));
      assert.deepEqual([reasonOf(assessment), assessment.planned], ["network-mismatch", []]);
    }
  });

  it("is an obstacle and no plan when Core says nothing", () => {
    const assessment = assess({ ...input(three), info: coreFailure("refused", "ECONNREFUSED") });
    assert.deepEqual([reasonOf(assessment), assessment.planned], ["unreachable", []]);
  });

  it("plans only whom a fresh picture shows", () => {
    const { planned, targets } = assess({ ...input(three), shown: three.slice(0, 2) });
    assert.deepEqual(namesOf(planned), ["v2"]);
    assert.deepEqual(namesOf(targets.heldBack), ["v3"]);
  });

  it("plans as many as may be dialed, the same ones at each look", () => {
    const many = Array.from({ length: 50 }, (_, index) => makeValidator(index + 1));
    const { planned } = assess(input(many));
    assert.equal(planned.length, 8);
    assert.deepEqual(assess(input(many, { ledgerAge: 1 })).planned, planned);
    assert.equal(assess({ ...input(many), maxDialed: 3 }).planned.length, 3);
  });
});
