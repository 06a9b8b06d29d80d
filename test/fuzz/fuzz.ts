import * as fc from "fast-check";

/** By hand, `npm run test:fuzz` draws a hundred thousand of each. */
const numRuns = Number(process.env["FUZZ"] ?? 1_500);

/** Holds `check` to so many drawn values. */
export function fuzz<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, share = 1): void {
  fc.assert(fc.property(arbitrary, check), { numRuns: Math.ceil(numRuns * share) });
}
