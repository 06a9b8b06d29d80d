export interface GrowthSettings {
  /** Of each number of validators. */
  readonly rounds: number;
  /** Over which processor time at rest is counted. */
  readonly restSeconds: number;
  /** Of calls to the webhook. */
  readonly loadSeconds: number;
}
