import assert from "node:assert/strict";
import { it } from "node:test";
import { countAllocations } from "../../../bench/allocations/countAllocations.ts";

/**
 * What one review took when it was last looked at, and a twentieth more, by the pod's size. The count is the same to the
 * byte or two in each run on one version of Node, whatever else the machine does.
 */
const most = [
  [2_048, 46_000],
  [10_240, 73_400],
  [102_400, 412_700],
] as const;

for (const [pod, limit] of most)
  it(`the webhook allocates no more than it did for a pod of ${pod} bytes`, async (t) => {
    const bytes = await countAllocations(pod);
    t.diagnostic(`${bytes} bytes a review`);
    assert.ok(bytes > pod && bytes <= limit, `${bytes} bytes, at most ${limit}`);
  });
