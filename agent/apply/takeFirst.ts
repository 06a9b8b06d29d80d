interface Ranked<T> {
  readonly item: T;
  readonly rank: number;
}

/**
 * The `count` items of lowest rank, in that order; `compare` decides between equal ranks. For few out of many: asks
 * for each rank once, and does not sort the rest.
 */
export function takeFirst<T>(
  items: readonly T[],
  count: number,
  rankOf: (item: T) => number,
  compare: (a: T, b: T) => number,
): readonly T[] {
  const first: Ranked<T>[] = [];
  let limit = Infinity;
  for (const item of items) {
    const rank = rankOf(item);
    if (rank > limit) continue;
    const at = first.findIndex(
      (other) => rank < other.rank || (rank === other.rank && compare(item, other.item) < 0),
    );
    first.splice(at < 0 ? first.length : at, 0, { item, rank });
    if (first.length > count) first.pop();
    if (first.length === count) limit = first[count - 1]?.rank ?? -Infinity;
  }
  return first.map(({ item }) => item);
}
