import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createHash, randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const files = ["package.json", "package-lock.json", "main.js"];

/**
 * The folder of pepr and its module, as pinned in the folder beside this file: from the cache, else installed there now
 * with npm. Outside the repository, whose checks would look into its node_modules. Rejects with npm's complaint.
 */
export async function preparePepr(environment: NodeJS.ProcessEnv): Promise<string> {
  const hash = createHash("sha256");
  for (const name of files) hash.update(await readFile(new URL(`pepr/${name}`, import.meta.url)));
  const root = environment["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folder = join(root, "stellar-peer-discovery", "bench", `pepr-${hash.digest("hex").slice(0, 16)}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  const partial = `${folder}.partial-${randomBytes(4).toString("hex")}`;
  await mkdir(partial, { recursive: true });
  try {
    for (const name of files) await copyFile(new URL(`pepr/${name}`, import.meta.url), join(partial, name));
    const options = { cwd: partial, env: environment };
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], options);
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
