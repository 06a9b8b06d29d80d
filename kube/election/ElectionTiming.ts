/** Durations of the election, in milliseconds. */
export interface ElectionTiming {
  /** How long a candidate must have seen the record unchanged before it takes it over. */
  readonly leaseDuration: number;
  /** The leader's work stops when no renewal sent within this time was confirmed. Under leaseDuration. */
  readonly renewDeadline: number;
  /** From one successful renewal to the next. Under renewDeadline. */
  readonly renewPeriod: number;
  /** From a failed renewal to the next try. */
  readonly retryPeriod: number;
  /** Candidates spread over this time before they reach for a Lease that is free or expired. */
  readonly jitter: number;
}
