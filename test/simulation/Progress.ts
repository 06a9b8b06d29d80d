/** What a worker tells of the worlds that it has been through. */
export interface Progress {
  readonly seeds: number;
  readonly faults: number;
  readonly publications: number;
  /** Milliseconds of simulated time. */
  readonly simulated: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly shortened: readonly string[];
}
