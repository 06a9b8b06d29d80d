/**
 * `npm run mutants`: bugs put into a copy of the product, one after the other, each of which the simulation must notice.
 */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Mutant } from "./Mutant.ts";
import { mutants } from "./mutants.ts";

const help = `npm run mutants -- [--seeds N] [--only TEXT] [--help]

Puts one bug after the other into a copy of the product and runs the simulation until it notices.

  --seeds N    how many worlds each bug may survive (2000)
  --only TEXT  only those whose name has this text
`;

const root = join(import.meta.dirname, "../../..");
const copied = ["agent", "contract", "kube", "runtime", "webhook", "test", "package.json"];

async function withCopy<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "mutants-"));
  try {
    for (const name of copied) await cp(join(root, name), join(directory, name), { recursive: true });
    await symlink(join(root, "node_modules"), join(directory, "node_modules"));
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function outputOf(directory: string, seeds: number): Promise<string> {
  const args = ["test/simulation/main.ts", "--seeds", String(seeds), "--failures", "1"];
  const child = spawn(process.execPath, args, { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await new Promise((resolve) => child.once("close", resolve));
  return output;
}

/** A line of the table, or undefined when nobody noticed. */
async function hunt(directory: string, mutant: Mutant, seeds: number): Promise<string | undefined> {
  const file = join(directory, mutant.file);
  const sound = await readFile(file, "utf8");
  if (sound.split(mutant.find).length !== 2) throw new Error(`${mutant.name}: its place is not there once`);
  await writeFile(
    file,
    sound.replace(mutant.find, () => mutant.replace),
  );
  try {
    const output = await outputOf(directory, seeds);
    const [, seed, violation = ""] = /^seed (\d+):\n {2}(.*)$/m.exec(output) ?? [];
    return seed && `| ${mutant.name} | ${seed} | ${violation.slice(0, 110).replaceAll("|", "/")} |`;
  } finally {
    await writeFile(file, sound);
  }
}

async function main(): Promise<number> {
  const options = { seeds: { type: "string" }, only: { type: "string" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const chosen = mutants.filter(({ name }) => name.includes(values.only ?? ""));
  return withCopy(async (directory) => {
    let survivors = 0;
    console.log("| bug | seed that showed it | what was seen first |\n| --- | --- | --- |");
    for (const mutant of chosen) {
      const line = await hunt(directory, mutant, Number(values.seeds ?? 2000));
      if (!line) survivors += 1;
      console.log(line ?? `| ${mutant.name} | SURVIVED | |`);
    }
    console.log(`\n${chosen.length - survivors} of ${chosen.length} noticed`);
    return survivors === 0 ? 0 : 1;
  });
}

process.exitCode = await main();
