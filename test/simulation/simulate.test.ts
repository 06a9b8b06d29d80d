import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { runWorkers } from "./runWorkers.ts";
import { simulate } from "./simulate.ts";
import type { Progress } from "./Progress.ts";

/** As many worlds as a minute or two of the machine allow; `npm run simulate` goes on from there. */
const seeds = 1000;

test("the same seed gives the same trace, byte for byte", async () => {
  const [first, second] = [await simulate(7), await simulate(7)];
  assert.equal(first.trace.length > 100, true);
  assert.equal(first.trace.join("\n"), second.trace.join("\n"));
  assert.notEqual(first.digest, (await simulate(8)).digest);
});

test(`all that must hold does, in ${seeds} worlds`, { timeout: 290_000 }, async (context) => {
  const told: Progress[] = [];
  const began = performance.now();
  await runWorkers({ first: 1, seeds, workers: availableParallelism() }, (progress) => {
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
  const hours = (simulated / 3_600_000).toFixed(1);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  assert.equal(told.length, seeds);
  context.diagnostic(`${faults} faults in ${hours} simulated hours, lived through in ${seconds} s`);
});
