import type { Clock } from "./Clock.ts";

/**
 * What a loop calls each time it makes progress, so that liveness is about the loop and never about
 * what it talks to. Overdue after three periods without a beat.
 */
export class Heartbeat {
  readonly name: string;
  readonly #clock: Clock;
  readonly #period: number;
  #last: number;

  /** `period` in milliseconds: the longest time between two beats of a loop that is well. */
  constructor(name: string, clock: Clock, period: number) {
    this.name = name;
    this.#clock = clock;
    this.#period = period;
    this.#last = clock.monotonic();
  }

  beat(): void {
    this.#last = this.#clock.monotonic();
  }

  /** Milliseconds by which the loop is overdue, or 0. */
  overdue(): number {
    return Math.max(0, this.#clock.monotonic() - this.#last - 3 * this.#period);
  }
}
