/** Positions near those given, in the same order of size, that are at least `gap` apart: so that labels can be read. */
export function spreadLabels(positions: readonly number[], gap: number): readonly number[] {
  const placed = [...positions];
  const order = [...positions.keys()].sort((one, other) => (positions[one] ?? 0) - (positions[other] ?? 0));
  let last = -Infinity;
  for (const index of order) {
    last = Math.max(positions[index] ?? 0, last + gap);
    placed[index] = last;
  }
  // What was pushed down altogether is shared out to both sides.
  const shift = Math.max(0, ...order.map((index) => (placed[index] ?? 0) - (positions[index] ?? 0))) / 2;
  return placed.map((position) => position - shift);
}
