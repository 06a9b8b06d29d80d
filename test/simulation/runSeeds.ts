import type { Progress } from "./Progress.ts";
import { simulate } from "./simulate.ts";

export interface SeedRange {
  readonly first: number;
  readonly count: number;
  /** From one seed to the next: as many as there are workers. */
  readonly step: number;
}

/** Lives through the worlds of these seeds; `onProgress` returns false to stop. */
export async function runSeeds(range: SeedRange, onProgress: (progress: Progress) => boolean): Promise<void> {
  for (let index = 0; index < range.count; index += 1) {
    const seed = range.first + index * range.step;
    const { duration, faults, publications, shortened, violations } = await simulate(seed);
    const failures = violations.length > 0 ? [{ seed, violations, shortened }] : [];
    if (!onProgress({ seeds: 1, faults, publications, simulated: duration, failures })) return;
  }
}
