import assert from "node:assert/strict";
import { test } from "node:test";
import { describeSelector } from "../../../cli/cluster/describeSelector.ts";
import { matchesSelector } from "../../../kube/matchesSelector.ts";

const expression = (operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key: "tier", operator, ...(values ? { values } : {}) }],
});

test("a selector matches as the API server's does", () => {
  const core = { tier: "core" };
  assert.equal(matchesSelector(core), true);
  assert.equal(matchesSelector(core, { matchLabels: { tier: "core" } }), true);
  assert.equal(matchesSelector(core, { matchLabels: { tier: "edge" } }), false);
  assert.equal(matchesSelector({}, { matchLabels: { constructor: "x" } }), false);
  assert.equal(matchesSelector(core, expression("In", ["core", "edge"])), true);
  assert.equal(matchesSelector({}, expression("In", ["core"])), false);
  assert.equal(matchesSelector(core, expression("NotIn", ["core"])), false);
  assert.equal(matchesSelector({}, expression("NotIn", ["core"])), true);
  assert.equal(matchesSelector(core, expression("Exists")), true);
  assert.equal(matchesSelector({}, expression("Exists")), false);
  assert.equal(matchesSelector({}, expression("DoesNotExist")), true);
  assert.equal(matchesSelector(core, expression("DoesNotExist")), false);
});

test("a selector is shown in kubectl's notation", () => {
  const text = describeSelector({ matchLabels: { a: "b" }, ...expression("NotIn", ["x", "y"]) });
  assert.equal(text, "a=b, tier notin (x,y)");
});
