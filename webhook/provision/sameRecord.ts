type Strings = Readonly<Record<string, string>>;

/** Absent and empty are the same. */
export function sameRecord(one: Strings = {}, other: Strings = {}): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
