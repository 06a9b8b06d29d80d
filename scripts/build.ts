/**
 * Bundles each program into one file of `dist/` that runs with no node_modules: `npm run build`.
 */
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { bundleOptions } from "./build/bundleOptions.ts";
import { programs } from "./build/programs.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" } } });
const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
await mkdir(values.out, { recursive: true });

let missing = 0;
for (const program of programs) {
  try {
    await access(program.entry);
  } catch {
    console.error(`${program.entry} is missing: no ${program.name}.js`);
    missing += 1;
    continue;
  }
  await bundle(program);
}
if (missing > 0) process.exitCode = 1;

/** Written beside its place and moved there: who runs a bundle meanwhile keeps a whole one. */
async function bundle(program: (typeof programs)[number]): Promise<void> {
  const partial = join(values.out, `.partial-${process.pid}`);
  try {
    const { metafile } = await build(bundleOptions(program, version, partial));
    for (const path of [`${program.name}.js.map`, `${program.name}.js`]) {
      await rename(join(partial, path), join(values.out, path));
    }
    const size = Object.entries(metafile.outputs).find(([path]) => path.endsWith(".js"))?.[1].bytes ?? 0;
    console.log(`${values.out}/${program.name}.js  ${(size / 2 ** 20).toFixed(2)} MiB`);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
