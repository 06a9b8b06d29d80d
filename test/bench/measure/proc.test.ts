import assert from "node:assert/strict";
import { it } from "node:test";
import { parseMemory } from "../../../bench/measure/parseMemory.ts";
import { parseProcessorTime } from "../../../bench/measure/parseProcessorTime.ts";

it("memory is read in MB of a million bytes", () => {
  const rollup =
    "00400000-7ffd Rollup\nRss:               1000 kB\nPss:  10 kB\nAnonymous:          250 kB\n";
  assert.deepEqual(parseMemory(rollup), { resident: 1.024, anonymous: 0.256 });
});

it("a rollup without memory, as of a process that has ended, is an error", () => {
  assert.throws(() => parseMemory(""), /has no Rss/);
});

it("processor time is user and system, also of a program whose name holds blanks and parentheses", () => {
  const stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 900 0 0 0 25 5 0 0 20 0 11 0 1000";
  assert.equal(parseProcessorTime(stat), 300);
});
