import type { Clock } from "../../runtime/Clock.ts";

/** Milliseconds between the beginnings of two writes: room for timers that are late, and for watches, below 20 a second. */
const spacing = 53;

/**
 * Lets at most 19 writes begin in any second, evenly: a few namespaces within a fraction of one, hundreds without a
 * storm. What was held up, by whatever, is not made up for.
 */
export class WritePace {
  readonly #clock: Clock;
  #begun = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the next write may begin. */
  async next(signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.#clock.monotonic();
      const left = this.#begun + spacing - now;
      if (left <= 0) {
        this.#begun = now;
        return;
      }
      await this.#clock.sleep(left, signal);
    }
  }
}
