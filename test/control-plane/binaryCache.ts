import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { BinarySet } from "./BinarySet.ts";

/**
 * Where binaries that were built are kept: a folder whose name follows from the pinned modules, the platform and
 * the recipe, so that another version is another folder.
 */
export async function binaryCache(
  environment: NodeJS.ProcessEnv,
  { folder, modules }: BinarySet,
): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(modules));
  for (const { directory } of modules) {
    for (const name of ["go.mod", "go.sum"]) {
      hash.update(await readFile(new URL(`modules/${directory}/${name}`, import.meta.url)));
    }
  }
  const root = environment["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const key = `${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 16)}`;
  return join(root, "stellar-peer-discovery", folder, key);
}
