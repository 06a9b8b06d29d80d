import type { Random } from "./Random.ts";

export interface BackoffPolicy {
  /** Milliseconds before the first retry. */
  readonly initial: number;
  /** No delay is longer, jitter included. */
  readonly maximum: number;
}

/** Milliseconds to wait before retry `attempt` (0 is the first): doubling, with the upper half of it random. */
export function backoffDelay(policy: BackoffPolicy, attempt: number, random: Random): number {
  const ceiling = Math.min(policy.maximum, policy.initial * 2 ** Math.min(attempt, 30));
  return ceiling * (0.5 + random.next() / 2);
}
