import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ReloadMemory } from "../../../agent/apply/ReloadMemory.ts";

const address = "10.0.0.2:11625";
const some = new Set([address]);
const none = new Set<string>();

/** The longest delays. */
function remember(): ReloadMemory {
  const memory = new ReloadMemory({ next: () => 1 });
  memory.see("first");
  return memory;
}

/** Dials it again each time that it may be, and returns the times between. */
function redial(memory: ReloadMemory, times: number): readonly number[] {
  const waits: number[] = [];
  for (let now = 0; waits.length < times; now = memory.dial(address)?.nextAt ?? 0) {
    memory.dialed(address, now);
    waits.push((memory.dial(address)?.nextAt ?? 0) - now);
  }
  return waits;
}

describe("what was tried with Core", () => {
  it("is nothing at first", () => {
    const memory = new ReloadMemory({ next: () => 0 });
    assert.equal(memory.reload.state, "untried");
    assert.equal(memory.dial(address), undefined);
  });

  it("makes a peer that does not come wait ever longer, up to 10 minutes", () => {
    const waits = redial(remember(), 10);
    assert.deepEqual(waits.slice(0, 4), [5_000, 10_000, 20_000, 40_000]);
    assert.deepEqual(waits.slice(-2), [600_000, 600_000]);
  });

  it("spreads retries, so that a fleet does not dial as one", () => {
    const early = new ReloadMemory({ next: () => 0 });
    assert.equal(redial(early, 1)[0], 2_500);
  });

  it("keeps each peer's own count", () => {
    const memory = remember();
    memory.dialed(address, 0);
    memory.dialed(address, 5_000);
    memory.dialed("10.0.0.3:11625", 5_000);
    assert.equal(memory.dial(address)?.attempts, 2);
    assert.equal(memory.dial("10.0.0.3:11625")?.attempts, 1);
  });

  it("waits ever longer between reloads for one plan, and starts over for another", () => {
    const memory = remember();
    const waits = ["a", "a", "a", "b"].map((target) => {
      memory.reloaded(target, "failed", 0);
      return memory.reload.nextAt;
    });
    assert.deepEqual(waits, [30_000, 60_000, 120_000, 30_000]);
  });

  it("is forgotten when Core starts anew, as Core says itself", () => {
    const memory = remember();
    memory.dialed(address, 0);
    memory.reloaded("a", "unsupported", 0);
    assert.equal(memory.see("first"), false);
    assert.equal(memory.reload.state, "unsupported");
    assert.equal(memory.see("second"), true);
    assert.equal(memory.reload.state, "untried");
    assert.equal(memory.dial(address), undefined);
  });

  it("does not call the first start that it sees a restart", () => {
    assert.equal(new ReloadMemory({ next: () => 0 }).see("first"), false);
  });

  it("forgets peers that are no longer planned", () => {
    const memory = remember();
    memory.dialed(address, 0);
    memory.prune(none, none, 1);
    assert.equal(memory.dial(address), undefined);
  });

  it("forgives a peer whose connection has held for a minute", () => {
    const memory = remember();
    memory.dialed(address, 0);
    memory.prune(some, some, 1_000);
    memory.prune(some, some, 60_999);
    assert.equal(memory.dial(address)?.attempts, 1);
    memory.prune(some, some, 61_000);
    assert.equal(memory.dial(address), undefined);
  });

  it("does not forgive a peer that is connected now and then, however long ago it was dialed", () => {
    const memory = remember();
    memory.dialed(address, 0);
    for (let now = 0; now < 600_000; now += 30_000) memory.prune(some, now % 60_000 === 0 ? some : none, now);
    assert.equal(memory.dial(address)?.attempts, 1);
  });
});
