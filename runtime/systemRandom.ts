import type { Random } from "./Random.ts";

/** The machine's randomness. */
export const systemRandom: Random = { next: () => Math.random() };
