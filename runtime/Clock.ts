/**
 * Time, as everything that waits sees it. Nothing else may set a timer: so a simulation can own time.
 */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock. For people only: it may jump. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. All decisions use this one. */
  monotonic(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason as soon as it aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
