import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "./Clock.ts";

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    try {
      await delay(Math.max(0, milliseconds), undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
