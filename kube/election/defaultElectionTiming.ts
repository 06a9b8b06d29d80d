import type { ElectionTiming } from "./ElectionTiming.ts";

/**
 * 15, 10 and 2 s as in client-go (tools/leaderelection). A leader renews every 5 s rather than every 2 s, since all
 * candidates are sent each renewal; half a second of jitter keeps a hand-over under a second.
 */
export const defaultElectionTiming: ElectionTiming = {
  leaseDuration: 15_000,
  renewDeadline: 10_000,
  renewPeriod: 5000,
  retryPeriod: 2000,
  jitter: 500,
};
