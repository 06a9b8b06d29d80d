/**
 * `npm run generate`: writes every file that is made from another one; `--check` writes nothing, and fails when one no
 * longer fits its source.
 */
import { readFile, writeFile } from "node:fs/promises";
import { generateValidators } from "./generate/generateValidators.ts";
import { generateValuesTable } from "./generate/generateValuesTable.ts";

const check = process.argv.includes("--check");
const files = [...(await generateValidators()), ...(await generateValuesTable())];
for (const { path, source, content } of files) {
  const present = await readFile(path, "utf8").catch(() => undefined);
  if (present === content) continue;
  if (check) {
    console.error(`${path} does not fit ${source}: run npm run generate`);
    process.exitCode = 1;
    continue;
  }
  await writeFile(path, content);
  console.log(`wrote ${path}`);
}
