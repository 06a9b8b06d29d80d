import assert from "node:assert/strict";
import { it } from "node:test";
import { quantile } from "../../../bench/measure/quantile.ts";
import { summarize } from "../../../bench/measure/summarize.ts";

it("the median of an odd number of values is the one in the middle, whatever their order", () => {
  assert.deepEqual(summarize([9, 1, 5]), { count: 3, least: 1, median: 5, p99: 9, most: 9 });
});

it("the median of an even number of values is the mean of the two in the middle", () => {
  assert.equal(summarize([4, 1, 2, 8]).median, 3);
});

it("the 99th percentile of a hundred values is the last but one", () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  assert.equal(summarize(values).p99, 99);
});

it("nothing measured is an error, not a zero", () => {
  assert.throws(() => summarize([]), /nothing was measured/);
});

it("the 99.9th percentile of two thousand values is the last but two", () => {
  const sorted = Float64Array.from({ length: 2000 }, (_, index) => index + 1);
  assert.equal(quantile(sorted, 0.999), 1998);
  assert.equal(quantile(sorted, 0), 1);
  assert.throws(() => quantile(new Float64Array(), 0.5), /nothing was measured/);
});
