import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseDuration } from "../../contract/parseDuration.ts";

describe("a duration", () => {
  for (const [text, milliseconds] of [
    ["30s", 30_000],
    ["1m30s", 90_000],
    ["500ms", 500],
    ["1.5h", 5_400_000],
  ] as const) {
    it(`reads ${text}`, () => assert.equal(parseDuration(text), milliseconds));
  }

  for (const text of ["", "30", "s", "-5s", "5 s", "5d", "s5"]) {
    it(`does not read ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }
});
