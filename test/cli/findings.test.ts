import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { skipReasons } from "../../webhook/inject/skipReasons.ts";
import { findingCodes } from "../../cli/findings/findingCodes.ts";

test("troubleshooting has every code of the command line, with its meaning and where to go on", async () => {
  const reference = await readFile(join(import.meta.dirname, "../../docs/troubleshooting.md"), "utf8");
  const rows = reference.split("\n").map((line) => line.replaceAll(/\s+/g, " ").trim());
  const own = Object.entries(findingCodes).filter(([code]) => !(code in skipReasons));
  for (const [code, meaning] of own)
    assert.ok(
      rows.some((row) => row.startsWith(`| \`${code}\` | ${meaning} | [`)),
      code,
    );
});
