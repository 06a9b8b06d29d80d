import { labelKey } from "./labelKey.ts";
import type { Sample } from "./Sample.ts";

interface Bucket {
  readonly upTo: number;
  /** Of this one and all below. */
  readonly count: number;
}

/** Within the bucket that has it, as if its values were evenly spread; the last bucket's lower end where that is the one. */
function quantileOf(quantile: number, buckets: readonly Bucket[]): number {
  const total = buckets.at(-1)?.count ?? 0;
  if (buckets.length < 2 || buckets.at(-1)?.upTo !== Infinity || total === 0) return NaN;
  const rank = quantile * total;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const [below, found] = [buckets[index - 1], buckets[index]];
  if (!found) return NaN;
  if (found.upTo === Infinity) return below?.upTo ?? NaN;
  const [start, before] = [below?.upTo ?? 0, below?.count ?? 0];
  return start + (found.upTo - start) * ((rank - before) / (found.count - before));
}

/** Prometheus's `histogram_quantile` over classic buckets, for each set of labels besides `le`. NaN without any value. */
export function quantiles(quantile: number, buckets: readonly Sample[]): readonly Sample[] {
  const withoutLe = ({ labels }: Sample): Sample["labels"] =>
    Object.fromEntries(Object.entries(labels).filter(([label]) => label !== "le"));
  const groups = Map.groupBy(buckets, (sample) => labelKey(withoutLe(sample)));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const sorted = group
      .map(({ labels, value }) => ({
        upTo: labels["le"] === "+Inf" ? Infinity : Number(labels["le"]),
        count: value,
      }))
      .toSorted((a, b) => a.upTo - b.upTo);
    return [{ name: "", labels: withoutLe(first), value: quantileOf(quantile, sorted) }];
  });
}
