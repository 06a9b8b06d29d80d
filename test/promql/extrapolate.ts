interface Point {
  readonly at: number;
  readonly value: number;
}

/** What a counter grew by from point to point; a fall is a restart from 0. */
function grown(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, { value }, index) => {
    const before = points[index]?.value ?? 0;
    return sum + (value < before ? value : value - before);
  }, 0);
}

/**
 * What a counter grew by within a range that ends now, as Prometheus's `increase` has it: from the first point to the
 * last, and as much more as lies between them and the range's ends, but not from below 0, and half a step where the ends
 * are farther than a step. Undefined with fewer than two points.
 */
export function extrapolate(points: readonly Point[], now: number, range: number): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return undefined;
  const growth = grown(points);
  const sampled = last.at - first.at;
  const step = sampled / (points.length - 1);
  const reach = (distance: number): number => (distance >= step * 1.1 ? step / 2 : distance);
  const toZero = growth > 0 ? sampled * (first.value / growth) : Infinity;
  const toStart = Math.min(reach(first.at - (now - range)), toZero);
  return growth * ((sampled + toStart + reach(now - last.at)) / sampled);
}
