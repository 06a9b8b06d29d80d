import type { Lease } from "./Lease.ts";

/** The Lease as this process saw it last. */
export interface ObservedLease {
  /** Absent: the API says there is none. */
  readonly lease?: Lease;
  /** Milliseconds of the monotonic clock at which this process first saw this very record. */
  readonly since: number;
}
