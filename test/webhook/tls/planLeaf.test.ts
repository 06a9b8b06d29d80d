import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { certificateLife } from "../../../webhook/tls/certificateLife.ts";
import { issueLeaf } from "../../../webhook/tls/issueLeaf.ts";
import { planLeaf } from "../../../webhook/tls/planLeaf.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const signing = await issueAuthority(start);
const authority = { signing, next: undefined, previous: [] };
const leaf = { ...(await issueLeaf(signing, ["a.svc"], start)), authority: signing.certificate };
const other = { signing: await issueAuthority(start), next: undefined, previous: [] };

describe("a serving certificate", () => {
  it("is issued at once where there is none, trusted or not", () => {
    assert.deepEqual(planLeaf(undefined, authority, false, start), { action: "issue", reason: "first" });
  });

  it("is kept until two thirds of its life are over, and renewed then", () => {
    assert.equal(planLeaf(leaf, authority, true, start + 4 * day).action, "keep");
    assert.deepEqual(planLeaf(leaf, authority, true, start + 5 * day), {
      action: "issue",
      reason: "renewal",
    });
  });

  it("is renewed by its own CA though the caBundle can't be read", () => {
    assert.deepEqual(planLeaf(leaf, authority, false, start + 6 * day), {
      action: "issue",
      reason: "renewal",
    });
  });

  it("is not taken from another CA before that is trusted", () => {
    assert.equal(planLeaf(leaf, other, false, start + 6 * day).action, "keep");
    assert.deepEqual(planLeaf(leaf, other, true, start), { action: "issue", reason: "new authority" });
  });

  it("is taken from another CA when it has run out and there is nothing to lose", () => {
    assert.deepEqual(planLeaf(leaf, other, false, start + 8 * day), {
      action: "issue",
      reason: "new authority",
    });
  });

  it("is issued anew when the clock went back to before it was valid", () => {
    assert.deepEqual(planLeaf(leaf, authority, true, start - 3 * day), {
      action: "issue",
      reason: "renewal",
    });
  });

  it("is valid for an API server whose clock is a day ahead of this replica's or behind it, and so is its CA", async () => {
    for (const off of [-day, day]) {
      const ca = await issueAuthority(start + off);
      for (const { certificate } of [ca, await issueLeaf(ca, ["a.svc"], start + off)]) {
        const { notBefore, notAfter } = certificateLife(certificate);
        assert.ok(notBefore <= start && start < notAfter, `${off / day} days off`);
      }
    }
  });
});
