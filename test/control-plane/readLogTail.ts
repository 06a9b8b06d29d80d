import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The last lines of each server's log, for a person who wants to know why it did not start. */
export async function readLogTail(directory: string, names: readonly string[]): Promise<string> {
  const tails = names.map(async (name) => {
    const text = await readFile(join(directory, `${name}.log`), "utf8").catch(() => "");
    return text.trimEnd().split("\n").slice(-8).map((line) => `${name}: ${line}`); // prettier-ignore
  });
  return (await Promise.all(tails)).flat().join("\n");
}
