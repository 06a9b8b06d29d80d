import type { Clock } from "./Clock.ts";

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
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    try {
      await clock.sleep(milliseconds, AbortSignal.any([signal, woken.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#wake = undefined;
    }
  }
}
