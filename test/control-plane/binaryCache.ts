import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { BinarySet } from "./BinarySet.ts";

/**
 * Where binaries that were built are kept: a folder whose name follows from the pinned modules, their own sources, the
 * platform and the recipe, so that another version is another folder.
 */
export async function binaryCache(
  environment: NodeJS.ProcessEnv,
  { folder, modules }: BinarySet,
): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(modules));
  for (const { directory } of modules) {
    const place = new URL(`modules/${directory}/`, import.meta.url);
    const sources = (await readdir(place)).filter((name) => name.endsWith(".go")).toSorted();
    for (const name of ["go.mod", "go.sum", ...sources]) hash.update(await readFile(new URL(name, place)));
  }
  const root = environment["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const key = `${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 16)}`;
  return join(root, "stellar-peer-discovery", folder, key);
}
