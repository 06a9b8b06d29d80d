import type { Clock } from "../../runtime/Clock.ts";

/** Writes at once after a pause, and writes a second from then on: a few namespaces at once, hundreds without a storm. */
const burst = 20;
const perSecond = 18;

/** Lets at most 20 writes begin in any second or so (a token bucket). */
export class WritePace {
  readonly #clock: Clock;
  #tokens = burst;
  #filledAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#filledAt = clock.monotonic();
  }

  /** Resolves when the next write may begin. */
  async next(signal: AbortSignal): Promise<void> {
    const now = this.#clock.monotonic();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    this.#tokens -= 1;
    if (this.#tokens < 0) await this.#clock.sleep((-this.#tokens / perSecond) * 1000, signal);
  }
}
