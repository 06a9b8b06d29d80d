import type { Clock } from "./Clock.ts";

/** Why a wait ends early: one for all, because a reason that Node makes costs a stack trace each time. */
const notified = new Error("notified");

/**
 * A level-triggered wake-up for one loop: "look again", whatever happened and however often.
 * A notification that comes while nobody waits is kept, once.
 */
export class Notifier {
  #pending = false;
  #wake: (() => void) | undefined;

  notify(): void {
    this.#pending = true;
    this.#wake?.();
  }

  /**
   * Resolves at the next notification, at once if one is pending, or after `milliseconds` of `clock`.
   * Rejects with the signal's reason when it aborts. One waiter at a time.
   */
  async wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#pending) await this.#sleepOrWake(clock, milliseconds, signal);
    this.#pending = false;
  }

  async #sleepOrWake(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const onAbort = (): void => ending.abort(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    this.#wake = () => ending.abort(notified);
    try {
      await clock.sleep(milliseconds, ending.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error !== notified) throw error;
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#wake = undefined;
    }
  }
}
