import type { Clock } from "../../runtime/Clock.ts";
import type { SimulatedTime } from "./SimulatedTime.ts";

/**
 * Time as one simulated process sees it: its wall clock may be off and jump, its monotonic clock may run fast or slow,
 * and while the process is paused nothing that it waits for comes; what was due meanwhile comes when it goes on.
 */
export class ProcessClock implements Clock {
  readonly #time: SimulatedTime;
  readonly #speed: number;
  /** True time at which the process began. */
  readonly start: number;
  readonly #held: (() => void)[] = [];
  #paused = false;
  #dead = false;
  #pausedAt = -Infinity;
  #resumedAt = -Infinity;
  /** Milliseconds by which the wall clock is off. */
  wallOffset: number;

  /** `speed`: milliseconds of this clock in one true millisecond. */
  constructor(time: SimulatedTime, options: { readonly speed: number; readonly wallOffset: number }) {
    this.#time = time;
    this.#speed = options.speed;
    this.start = time.now();
    this.wallOffset = options.wallOffset;
  }

  now(): number {
    return Date.UTC(2026, 0, 1) + Math.round(this.#time.now() + this.wallOffset);
  }

  monotonic(): number {
    return (this.#time.now() - this.start) * this.#speed;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        cancel();
        reject(signal.reason as Error);
      };
      // Timers of a real process have whole milliseconds, at least one.
      const cancel = this.#time.after(Math.max(1, Math.ceil(milliseconds / this.#speed)), () => {
        this.whenRunning(() => {
          signal.removeEventListener("abort", onAbort);
          resolve();
        });
      });
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  pause(): void {
    this.#paused = true;
    this.#pausedAt = this.#time.now();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#resumedAt = this.#time.now();
    for (const wake of this.#held.splice(0)) wake();
  }

  /** Nothing that it waits for ever comes. */
  kill(): void {
    this.#dead = true;
    this.#held.length = 0;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** True when the process stood still at some moment of the last `milliseconds`. */
  stoodStill(milliseconds: number): boolean {
    return this.#paused || this.#resumedAt >= this.#time.now() - milliseconds;
  }

  /** How long it last stood still, in milliseconds. */
  get lastPause(): number {
    if (this.#pausedAt === -Infinity) return 0;
    return (this.#paused ? this.#time.now() : this.#resumedAt) - this.#pausedAt;
  }

  /** Does this now, or when the process goes on. */
  whenRunning(wake: () => void): void {
    if (this.#dead) return;
    if (this.#paused) this.#held.push(wake);
    else wake();
  }
}
