import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { compareRevisions } from "../../contract/compareRevisions.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { Revision } from "../../contract/Revision.ts";

const revision = fc
  .tuple(fc.maxSafeNat(), fc.maxSafeNat())
  .map(([epoch, sequence]): Revision => ({ epoch, sequence }));

describe("revisions", () => {
  it("are compared as integers, epoch first", () => {
    const order = ["0.0", "0.9", "0.10", "2.1", "10.0"].map((text) => parseRevision(text));
    const sorted = [...order].toReversed().sort((a, b) => (a && b ? compareRevisions(a, b) : 0));
    assert.deepEqual(sorted, order);
  });

  it("survive being written and read", () => {
    fc.assert(
      fc.property(revision, (one) => {
        assert.deepEqual(parseRevision(formatRevision(one)), one);
      }),
    );
  });
});
