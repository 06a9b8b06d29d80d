import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { decideStep } from "../../../agent/apply/decideStep.ts";
import type { Step, StepInput } from "../../../agent/apply/decideStep.ts";
import type { DialRecord, ReloadRecord } from "../../../agent/apply/ReloadMemory.ts";
import { makeValidator } from "./makeValidator.ts";

const now = 100_000;
const [one, two] = [makeValidator(1), makeValidator(2)];
const untried: ReloadRecord = {
  state: "untried",
  target: undefined,
  attempts: 0,
  lastAt: -Infinity,
  nextAt: -Infinity,
};

function tried(state: ReloadRecord["state"], differing: Partial<ReloadRecord> = {}): ReloadRecord {
  return { state, target: "plan", attempts: 1, lastAt: now - 1_000, nextAt: now + 30_000, ...differing };
}

function dialed(nextAt: number): DialRecord {
  return { attempts: 1, lastAt: now - 1_000, nextAt };
}

interface Memory {
  readonly reload?: ReloadRecord;
  readonly dials?: Readonly<Record<string, DialRecord>>;
}

function decide(
  differing: Partial<Omit<StepInput, "memory">>,
  { reload = untried, dials = {} }: Memory = {},
): Step {
  const memory = { reload, dial: (peerString: string) => dials[peerString] };
  const input: StepInput = {
    setting: "auto",
    verdict: "healthy",
    missing: [one, two],
    target: "plan",
    memory,
    now,
  };
  return decideStep({ ...input, ...differing });
}

const nothing: Step = { do: "nothing", dueIn: Infinity };
const settings = ["auto", "http", "connect", "off"] as const;

describe("the next step", () => {
  for (const setting of settings) {
    it(`is nothing while Core waits (${setting})`, () => {
      assert.deepEqual(decide({ setting, verdict: "waiting" }), nothing);
    });

    it(`is nothing while nobody is missing, however new the document (${setting})`, () => {
      assert.deepEqual(
        decide({ setting, missing: [], target: "another" }, { reload: tried("accepted") }),
        nothing,
      );
    });

    it(`is no reload for an isolated Core (${setting})`, () => {
      const expected: Step = setting === "off" ? nothing : { do: "dial", peer: one };
      assert.deepEqual(decide({ setting, verdict: "isolated" }), expected);
    });
  }

  it("is nothing when it is off", () => {
    assert.deepEqual(decide({ setting: "off" }), nothing);
  });

  it("is to dial the first that is missing", () => {
    assert.deepEqual(decide({ setting: "connect" }), { do: "dial", peer: one });
  });

  it("is to dial the next one while the first has to wait: it holds nobody up", () => {
    const dials = { [one.peerString]: dialed(now + 1) };
    assert.deepEqual(decide({ setting: "connect" }, { dials }), { do: "dial", peer: two });
  });

  it("is nothing until the first of them is due when all have to wait", () => {
    const dials = { [one.peerString]: dialed(now + 700), [two.peerString]: dialed(now + 300) };
    assert.deepEqual(decide({ setting: "connect" }, { dials }), { do: "nothing", dueIn: 300 });
  });

  it("is one reload for each start of Core when auto, then to dial once Core has no such command", () => {
    assert.deepEqual(decide({}), { do: "reload" });
    const dial: Step = { do: "dial", peer: one };
    for (const state of ["unsupported", "failed"] as const) {
      assert.deepEqual(decide({}, { reload: tried(state) }), dial);
      assert.deepEqual(decide({ target: "another" }, { reload: tried(state, { nextAt: now - 1 }) }), dial);
    }
  });

  it("is, after a reload that Core took, to wait 10 s and then to dial what it did not bring", () => {
    assert.deepEqual(decide({}, { reload: tried("accepted") }), { do: "nothing", dueIn: 9_000 });
    const dial: Step = { do: "dial", peer: one };
    assert.deepEqual(decide({}, { reload: tried("accepted", { lastAt: now - 10_000 }) }), dial);
  });

  it("is to reload again for another plan when Core takes reloads", () => {
    assert.deepEqual(decide({ target: "another" }, { reload: tried("accepted") }), { do: "reload" });
  });

  it("is, with http alone, to reload for each plan, and again when it is time", () => {
    const setting = "http";
    assert.deepEqual(decide({ setting }), { do: "reload" });
    assert.deepEqual(decide({ setting }, { reload: tried("failed") }), { do: "nothing", dueIn: 30_000 });
    assert.deepEqual(decide({ setting, target: "another" }, { reload: tried("failed") }), { do: "reload" });
    assert.deepEqual(decide({ setting }, { reload: tried("failed", { nextAt: now }) }), { do: "reload" });
  });

  it("is, whatever was tried before, a reload for a healthy Core only, and a dial only for who is missing and due", () => {
    const reload = fc.record({
      state: fc.constantFrom("untried", "accepted", "unsupported", "failed"),
      target: fc.constantFrom(undefined, "plan", "another"),
      attempts: fc.nat({ max: 9 }),
      lastAt: fc.integer({ min: 0, max: now }),
      nextAt: fc.integer({ min: 0, max: 2 * now }),
    });
    const dial = fc.option(fc.integer({ min: 0, max: 2 * now }).map(dialed), { nil: undefined });
    const verdicts = fc.constantFrom("healthy", "isolated", "waiting");
    fc.assert(
      fc.property(
        fc.constantFrom(...settings),
        verdicts,
        reload,
        dial,
        dial,
        (setting, verdict, reload, a, b) => {
          const dials = { ...(a && { [one.peerString]: a }), ...(b && { [two.peerString]: b }) };
          const step = decide({ setting, verdict }, { reload, dials });
          if (step.do === "reload") assert.ok(verdict === "healthy" && ["auto", "http"].includes(setting));
          if (step.do === "dial") {
            assert.ok(verdict !== "waiting" && setting !== "off");
            assert.ok((dials[step.peer.peerString]?.nextAt ?? now) <= now);
          }
          if (step.do === "nothing") assert.ok(step.dueIn >= 0);
        },
      ),
    );
  });
});
