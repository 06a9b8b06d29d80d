import { backoffDelay } from "../../runtime/backoffDelay.ts";
import type { Random } from "../../runtime/Random.ts";

const initial = 500;
const slowest = 30_000;

interface Failures {
  readonly count: number;
  /** Monotonic milliseconds. */
  readonly due: number;
}

/**
 * When to try again what failed, each thing by itself: one that fails for good is tried ever more slowly, up to every
 * 30 s, and nothing else waits for it. All times are monotonic milliseconds.
 */
export class RetryTimes {
  readonly #random: Random;
  readonly #failures = new Map<string, Failures>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** True unless it has failed and its time has not come yet. */
  isDue(key: string, now: number): boolean {
    return (this.#failures.get(key)?.due ?? now) <= now;
  }

  /** Milliseconds: `atLeast` as the server asked for, `maximum` between two tries otherwise. */
  failed(key: string, now: number, atLeast = 0, maximum = slowest): void {
    const count = this.#failures.get(key)?.count ?? 0;
    const delay = Math.max(backoffDelay({ initial, maximum }, count, this.#random), atLeast);
    this.#failures.set(key, { count: count + 1, due: now + delay });
  }

  settled(key: string): void {
    this.#failures.delete(key);
  }

  /** Forgets what is none of these. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#failures.keys()) if (!keys.has(key)) this.#failures.delete(key);
  }

  /** Milliseconds to the first that is due; infinite when nothing failed. */
  untilNext(now: number): number {
    const due = [...this.#failures.values()].map((failures) => failures.due);
    return Math.max(0, Math.min(Infinity, ...due) - now);
  }
}
