import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { planAuthority } from "../../../webhook/tls/planAuthority.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const signing = await issueAuthority(start);

describe("a CA", () => {
  it("is kept while less than two thirds of its life are over", () => {
    const authority = { signing, next: undefined, previous: [] };
    for (const age of [0, 1, 100, 240]) assert.equal(planAuthority(authority, start + age * day), "keep");
  });

  it("has its successor staged from then on", () => {
    assert.equal(planAuthority({ signing, next: undefined, previous: [] }, start + 250 * day), "stage");
  });

  it("is followed by its successor when that has been trusted for a day, not earlier", async () => {
    const staged = start + 250 * day;
    const authority = { signing, next: await issueAuthority(staged), previous: [] };
    assert.equal(planAuthority(authority, staged), "keep");
    assert.equal(planAuthority(authority, staged + day - 60_000), "keep");
    assert.equal(planAuthority(authority, staged + day + 1000), "promote");
  });
});
