import assert from "node:assert/strict";
import { it } from "node:test";
import { simulateFleet } from "../../../bench/fleet/simulateFleet.ts";

it("a list that fits is published", { timeout: 60_000 }, async () => {
  const { outcome, synced, changed } = await simulateFleet(20);
  assert.equal(outcome, "published");
  assert.ok(synced > 0 && changed > 0);
});
