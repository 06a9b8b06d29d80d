import type { Clock } from "./Clock.ts";
import { DeadlineError } from "./DeadlineError.ts";

/** Ends the timer of work that is done: one reason for all, because one that Node makes costs a stack trace. */
const settled = new Error("settled");

/**
 * Runs `work` with a signal that aborts, with a DeadlineError, after `milliseconds` of `clock`, or with `signal`.
 * Settles at the deadline even when `work` ignores its signal; what such work comes to later is dropped.
 */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const inner = new AbortController();
  const onAbort = (): void => inner.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const aborted = new Promise<never>((_resolve, reject) => {
    inner.signal.addEventListener("abort", () => reject(inner.signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  clock.sleep(milliseconds, ended.signal).then(
    () => inner.abort(new DeadlineError(milliseconds)),
    () => undefined,
  );
  try {
    return await Promise.race([work(inner.signal), aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    ended.abort(settled);
  }
}
