import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PictureWitness } from "../../../agent/apply/PictureWitness.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";

/** A picture that comes to `hash` and is `age` milliseconds old, and what it is witness to. */
function setUp(hash: string | undefined, age: number) {
  const clock = new VirtualClock();
  const picture = { hash, age };
  const witness = new PictureWitness({
    clock,
    picture: { hash: () => picture.hash, age: () => picture.age },
  });
  return { clock, picture, witness };
}

describe("a picture as witness", () => {
  it("shows that a document holds, as well as it is itself known to hold", () => {
    const { witness } = setUp("same", 20_000);
    assert.equal(witness.age("same", 45_000), 20_000);
    assert.equal(witness.age("same", 5_000), 5_000);
  });

  it("says nothing of another document, of none, and when it is not fresh", () => {
    const { picture, witness } = setUp("same", 0);
    assert.equal(witness.age("other", 45_000), 45_000);
    assert.equal(witness.age(undefined, Infinity), Infinity);
    picture.age = 60_000;
    assert.equal(witness.agrees("same"), false);
    assert.equal(witness.age("same", 45_000), 45_000);
  });

  it("is remembered when it has changed since", async () => {
    const { clock, picture, witness } = setUp("same", 20_000);
    assert.equal(witness.age("same", 45_000), 20_000);
    picture.hash = "other";
    await clock.advance(10_000);
    assert.equal(witness.age("same", 55_000), 30_000);
  });

  it("prolongs what is proven and brings nothing back once that has lapsed", () => {
    const { witness } = setUp("same", 0);
    assert.equal(witness.age("same", 60_000), 60_000);
    assert.equal(witness.age("same", 59_999), 0);
  });
});
