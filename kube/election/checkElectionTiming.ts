import type { ElectionTiming } from "./ElectionTiming.ts";

/** client-go's JitterFactor (tools/leaderelection). */
const retryFactor = 1.2;

/** Throws a RangeError when two leaders would follow from these durations, or none ever renewed in time. */
export function checkElectionTiming(timing: ElectionTiming): void {
  const { leaseDuration, renewDeadline, renewPeriod, retryPeriod, jitter } = timing;
  if (!(leaseDuration > renewDeadline)) throw new RangeError("leaseDuration must be above renewDeadline");
  if (!(renewDeadline > retryFactor * retryPeriod))
    throw new RangeError(`renewDeadline must be above ${retryFactor} times retryPeriod`);
  if (!(renewDeadline > renewPeriod)) throw new RangeError("renewDeadline must be above renewPeriod");
  if (!(leaseDuration >= 1000 && renewPeriod > 0 && retryPeriod > 0 && jitter >= 0))
    throw new RangeError("durations of the election must be positive, leaseDuration a second or more");
}
