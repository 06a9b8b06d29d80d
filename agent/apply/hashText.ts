import { mixHash } from "./mixHash.ts";

/**
 * A 32-bit hash of a text (FNV-1a, finalized): the same on every machine; for spreading, not for secrets. Another
 * text's hash as `seed` makes it one of both, without the cost of joining them.
 */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mixHash(hash);
}
