/** Reads a TCP port, 0 (any free one) to 65535, without leading zeros; undefined if it is none. */
export function parsePort(text: string): number | undefined {
  if (!/^(0|[1-9]\d{0,4})$/.test(text)) return undefined;
  const port = Number(text);
  return port <= 65_535 ? port : undefined;
}
