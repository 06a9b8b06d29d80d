export interface Summary {
  readonly count: number;
  readonly least: number;
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

/** Median as the mean of the two in the middle, the 99th percentile as the nearest rank. Throws without values. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (rank: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.max(0, rank))];
    if (value === undefined) throw new Error("nothing was measured");
    return value;
  };
  const { length } = sorted;
  return {
    count: length,
    least: at(0),
    median: (at(Math.floor((length - 1) / 2)) + at(Math.floor(length / 2))) / 2,
    p99: at(Math.ceil(0.99 * length) - 1),
    most: at(length - 1),
  };
}
