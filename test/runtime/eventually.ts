import { setTimeout as delay } from "node:timers/promises";

/**
 * Resolves with what `look` gives as soon as that is neither undefined nor false, asking every 20 ms; rejects with
 * the last error of `look`, or with a sentence, once `within` milliseconds have passed.
 */
export async function eventually<T>(
  what: string,
  within: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = performance.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`, { cause: last });
    await delay(20);
  }
}
