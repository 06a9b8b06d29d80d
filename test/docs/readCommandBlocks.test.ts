import assert from "node:assert/strict";
import { it } from "node:test";
import { readCommandBlocks } from "./readCommandBlocks.ts";

it("reads the command blocks of a page, with what they need and what a reader sees", () => {
  const page = [
    "# Title",
    "```sh",
    "one",
    "two",
    "```",
    "",
    "You see `alpha` and `beta`. Not `gamma`.",
    "",
    "<!-- needs: network -->",
    "",
    "```sh",
    "three",
    "```",
    "```text",
    "four",
    "```",
    "",
  ].join("\n");
  assert.deepEqual(readCommandBlocks("a.md", page), [
    { page: "a.md", line: 3, commands: "one\ntwo\n", sees: ["alpha", "beta"], needs: undefined },
    { page: "a.md", line: 12, commands: "three\n", sees: [], needs: "network" },
  ]);
});
