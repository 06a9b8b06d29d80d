/**
 * A process that `runWorkers` starts: lives through its share of the seeds, and tells of each.
 */
import { runSeeds } from "./runSeeds.ts";

const [first = 1, count = 0, step = 1] = (process.env["SIMULATION_WORKER"] ?? "").split(",").map(Number);
await runSeeds({ first, count, step }, (progress) => {
  process.send?.(progress);
  return process.connected;
});
if (process.connected) process.disconnect?.();
