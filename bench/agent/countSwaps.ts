import { setTimeout as pass } from "node:timers/promises";

export interface Swaps {
  /** Milliseconds from the swap to the call. */
  readonly took: readonly number[];
  readonly missed: number;
}

/** After it a swap counts as missed. */
const patience = 5_000;

/** Swaps `times` times, at moments that no timer of the other side's fits, and waits for each call. */
export async function countSwaps(
  times: number,
  swap: (round: number) => Promise<void>,
  calls: () => number,
): Promise<Swaps> {
  const took: number[] = [];
  for (let round = 1; round <= times; round += 1) {
    await pass(300 + Math.random() * 400);
    const before = calls();
    const start = performance.now();
    await swap(round);
    while (calls() === before && performance.now() - start < patience) await pass(1);
    if (calls() > before) took.push(performance.now() - start);
  }
  return { took, missed: times - took.length };
}
