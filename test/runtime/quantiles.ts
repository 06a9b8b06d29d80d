/** Milliseconds as a line for people. */
export function quantiles(took: readonly number[]): {
  readonly p50: number;
  readonly p99: number;
  readonly text: string;
} {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  const [p50, p99] = [at(0.5), at(0.99)];
  return { p50, p99, text: `${took.length} times: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms` };
}
