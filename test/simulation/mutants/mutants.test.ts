import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { mutants } from "./mutants.ts";

const root = join(import.meta.dirname, "../../..");

for (const { file, find, name } of mutants)
  test(`the place of the mutant is there: ${name}`, async () => {
    const parts = (await readFile(join(root, file), "utf8")).split(find);
    assert.equal(parts.length, 2, `${file} has it ${parts.length - 1} times`);
  });
