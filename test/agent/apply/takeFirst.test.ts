import assert from "node:assert/strict";
import { it } from "node:test";
import * as fc from "fast-check";
import { takeFirst } from "../../../agent/apply/takeFirst.ts";

it("the first few of a list are those at the head of the sorted list, equal ranks decided by comparison", () => {
  const item = fc.record({ rank: fc.integer({ min: -3, max: 3 }), name: fc.string({ maxLength: 2 }) });
  type Item = { readonly rank: number; readonly name: string };
  const compare = (a: Item, b: Item): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  fc.assert(
    fc.property(fc.array(item), fc.nat({ max: 12 }), (items, count) => {
      const sorted = items.toSorted((a, b) => a.rank - b.rank || compare(a, b));
      assert.deepEqual(
        takeFirst(items, count, ({ rank }) => rank, compare),
        sorted.slice(0, count),
      );
    }),
  );
});
