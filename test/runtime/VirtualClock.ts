import type { Clock } from "../../runtime/Clock.ts";

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Lets everything that is ready to run do so, before time moves on. */
async function drain(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Time that moves only when a test says so; sleepers wake in order, and what they cause runs before the next wakes. */
export class VirtualClock implements Clock {
  /** Difference between the wall clock and the monotonic one; may be changed at any time. */
  wallOffset = Date.UTC(2026, 0, 1);
  #time = 0;
  #order = 0;
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#time + this.wallOffset;
  }

  monotonic(): number {
    return this.#time;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const sleeper: Sleeper = {
        at: this.#time + Math.max(0, milliseconds),
        order: (this.#order += 1),
        wake: () => {
          signal.removeEventListener("abort", onAbort);
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Moves time forward by `milliseconds`, waking every sleeper on the way at its own moment. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds;
    await drain();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#time = Math.max(this.#time, next.at);
      next.wake();
      await drain();
    }
    this.#time = end;
  }

  /** As for a process that stands still: time passes, and whoever should have been woken is at the next advance. */
  leap(milliseconds: number): void {
    this.#time += milliseconds;
  }

  #next(end: number): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (sleeper.at > end) continue;
      if (!first || sleeper.at < first.at || (sleeper.at === first.at && sleeper.order < first.order))
        first = sleeper;
    }
    return first;
  }
}
