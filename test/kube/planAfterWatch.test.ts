import assert from "node:assert/strict";
import { test } from "node:test";
import { planAfterWatch } from "../../kube/planAfterWatch.ts";

const expired = { end: { reason: "expired" }, heard: false, aged: true } as const;

test("a watch that could not be resumed is followed by a list at once", () => {
  assert.deepEqual(planAfterWatch({ ...expired, listed: false }), { next: "list", pause: false });
});

test("a list whose version is too old at once is not asked for again without a pause", () => {
  assert.deepEqual(planAfterWatch({ ...expired, listed: true }), { next: "list", pause: true });
});
