import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuantity } from "../../../webhook/inject/parseQuantity.ts";

test("Kubernetes's suffixes are understood", () => {
  const read = ["10m", "0.5", "2", "64Mi", "1Ki", "1k", "1e3", "1E3", "5E", ".5", "1."].map((one) =>
    parseQuantity(one),
  );
  assert.deepEqual(read, [0.01, 0.5, 2, 64 * 2 ** 20, 1024, 1000, 1000, 1000, 5e18, 0.5, 1]);
});

test("other texts are no quantities", () => {
  for (const text of ["", "64MB", "1 Gi", "abc", "1KiB", "Mi", "1e", "0x10", "--1", "NaN", "Infinity"])
    assert.equal(parseQuantity(text), undefined, text);
});
