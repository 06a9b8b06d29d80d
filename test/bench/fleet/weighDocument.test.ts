import assert from "node:assert/strict";
import { it } from "node:test";
import { mostValidators } from "../../../bench/fleet/mostValidators.ts";
import { weighDocument } from "../../../bench/fleet/weighDocument.ts";

it("a list weighs what its validators do, each about the same", () => {
  const each = (weighDocument(2_000) - weighDocument(1_000)) / 1_000;
  assert.ok(each > 150 && each < 250, `${each} bytes`);
});

it("the most that fit are those of whom one more would not", () => {
  const most = mostValidators(10_000);
  assert.ok(weighDocument(most) <= 10_000);
  assert.ok(weighDocument(most + 1) > 10_000);
});
