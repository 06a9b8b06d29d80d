export interface ElectionSettings {
  /** Of A and B in turn, for what candidates cost. */
  readonly rounds: number;
  /** Over which requests and bytes are counted. */
  readonly countSeconds: number;
  /** Ends of a leader, for each signal; in eights. */
  readonly tries: number;
}
