/** The value without surrounding white space, when it is a string with anything in it; otherwise undefined. */
export function readText(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return text === "" ? undefined : text;
}
