/** A value as Grafana shows it in these units: `s` for durations, else plain numbers. */
export function formatValue(value: number, unit: string): string {
  const plain = (number: number): string => String(Number(number.toPrecision(3)));
  if (unit !== "s" || value === 0) return plain(value);
  if (value < 0.001) return `${plain(value * 1e6)} µs`;
  return value < 1 ? `${plain(value * 1000)} ms` : `${plain(value)} s`;
}
