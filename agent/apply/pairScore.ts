import { mixHash } from "./mixHash.ts";

/** A 32-bit score of an ordered pair of hashes, as if drawn at random for each pair. */
export function pairScore(first: number, second: number): number {
  return mixHash(Math.imul(mixHash(first ^ 0x9e3779b9), 0x2545f491) + second);
}
