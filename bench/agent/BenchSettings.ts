/** How long and how often; all of it is written beside the results. */
export interface BenchSettings {
  /** Of A and B in turn. */
  readonly rounds: number;
  /** Over which processor time is counted. */
  readonly restSeconds: number;
  readonly swaps: number;
  readonly validators: number;
}
