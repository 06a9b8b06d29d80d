import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { skipReasons } from "../../webhook/inject/skipReasons.ts";
import { findingCodes } from "../../cli/findings/findingCodes.ts";

test("the reference names every code of its own, with its meaning", async () => {
  const reference = await readFile(join(import.meta.dirname, "../../docs/cli.md"), "utf8");
  const rows = new Set(reference.split("\n").map((line) => line.replaceAll(/\s+/g, " ").trim()));
  const own = Object.entries(findingCodes).filter(([code]) => !(code in skipReasons));
  for (const [code, meaning] of own) assert.ok(rows.has(`| \`${code}\` | ${meaning} |`), code);
});
