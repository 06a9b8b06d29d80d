import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planAccountChecks } from "../../../webhook/provision/planAccountChecks.ts";

const a = { namespace: "one", name: "validator" };
const b = { namespace: "two", name: "default" };
const now = 10_000_000;

describe("planAccountChecks", () => {
  it("asks for accounts that were never asked for", () => {
    assert.deepEqual(planAccountChecks([a, b], new Map(), now), [a, b]);
  });

  it("asks for one that is there every ten minutes, for a missing one every minute", () => {
    const since = (milliseconds: number, found: boolean) =>
      new Map([["one/validator", { at: now - milliseconds, found }]]);
    assert.deepEqual(planAccountChecks([a], since(599_999, true), now), []);
    assert.deepEqual(planAccountChecks([a], since(600_000, true), now), [a]);
    assert.deepEqual(planAccountChecks([a], since(59_999, false), now), []);
    assert.deepEqual(planAccountChecks([a], since(60_000, false), now), [a]);
  });
});
