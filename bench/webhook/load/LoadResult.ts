/** What one run of the load generator found, for calls that were made after its warm-up. */
export interface LoadResult {
  readonly callsPerSecond: number;
  /** With those of the warm-up. */
  readonly allCalls: number;
  /** Milliseconds from a call's first byte to its answer's last. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Share of one processor that the generator itself took: near 1, it is what holds the server back. */
  readonly busy: number;
}
