const decimal = /^(0|[1-9][0-9]*)$/;

/**
 * Negative, zero or positive as `a` is older than, equal to or newer than `b`; undefined where they can't be compared.
 * Comparable for objects of one resource of one server (KEP-5504; etcd's revisions long before it).
 */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (!decimal.test(a) || !decimal.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}
