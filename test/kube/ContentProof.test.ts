import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ContentProof } from "../../kube/ContentProof.ts";
import { VirtualClock } from "../runtime/VirtualClock.ts";

const maxAge = 30_000;

describe("how old content is known to be", () => {
  it("begins with a list, as of when it was asked for", async () => {
    const clock = new VirtualClock();
    const proof = new ContentProof(clock, maxAge);
    assert.deepEqual([proof.known(), proof.age()], [false, Infinity]);
    await clock.advance(3_000);
    proof.listed(1_000);
    assert.deepEqual([proof.known(), proof.age()], [true, 2_000]);
  });

  it("is nothing after an event while all is well, and what it was after a failure or a doubt", async () => {
    for (const shake of ["failed", "doubt"] as const) {
      const clock = new VirtualClock();
      const proof = new ContentProof(clock, maxAge);
      proof.listed(0);
      await clock.advance(10_000);
      proof.heard();
      assert.equal(proof.age(), 0);
      proof[shake]();
      await clock.advance(10_000);
      proof.heard();
      assert.equal(proof.age(), 10_000);
      assert.equal(proof.shaken(), true);
      assert.equal(proof.wholeTerm(), shake === "failed");
      assert.deepEqual([proof.age(), proof.shaken()], [0, false]);
    }
  });

  it("is what it was after an event that comes when it has grown too old", async () => {
    const clock = new VirtualClock();
    const proof = new ContentProof(clock, maxAge);
    proof.listed(0);
    await clock.advance(maxAge + 1_001);
    proof.heard();
    assert.equal(proof.age(), maxAge + 1_001);
  });

  it("tells the first failure from those that follow", () => {
    const proof = new ContentProof(new VirtualClock(), maxAge);
    assert.deepEqual([proof.failed(), proof.failed(), proof.failing()], [true, false, true]);
  });
});
