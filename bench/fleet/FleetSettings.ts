export interface FleetSettings {
  /** Of agents, each with as many validators. */
  readonly fleets: readonly number[];
  /** Periods of 30 s over which rest is counted. */
  readonly rounds: number;
  /** Of one validator's address, for each fleet. */
  readonly changes: number;
  /** Whether what needs no fleet is measured too. */
  readonly extras: boolean;
}
