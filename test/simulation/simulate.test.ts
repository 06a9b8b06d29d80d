import assert from "node:assert/strict";
import { test } from "node:test";
import { runSeeds } from "./runSeeds.ts";
import { simulate } from "./simulate.ts";
import type { Progress } from "./Progress.ts";

/** As many worlds as a minute of one processor allows; `npm run simulate` goes on from there. */
const seeds = 60;

test("the same seed gives the same trace, byte for byte", async () => {
  const [first, second] = [await simulate(7), await simulate(7)];
  assert.equal(first.trace.length > 100, true);
  assert.equal(first.trace.join("\n"), second.trace.join("\n"));
  assert.notEqual(first.digest, (await simulate(8)).digest);
});

test(`all that must hold does, in ${seeds} worlds`, { timeout: 280_000 }, async (context) => {
  const told: Progress[] = [];
  await runSeeds({ first: 1, count: seeds, step: 1 }, (progress) => {
    told.push(progress);
    return progress.failures.length === 0;
  });
  for (const { seed, shortened, violations } of told.flatMap(({ failures }) => failures))
    assert.fail(
      `seed ${seed}: ${violations.join("; ")}\nrepeat it with: npm run simulate -- --first ${seed} --seeds 1 --trace\n` +
        shortened.join("\n"),
    );
  const faults = told.reduce((sum, progress) => sum + progress.faults, 0);
  const simulated = told.reduce((sum, progress) => sum + progress.simulated, 0);
  context.diagnostic(`${faults} faults in ${(simulated / 3_600_000).toFixed(1)} simulated hours`);
});
