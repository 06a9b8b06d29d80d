import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { configMapKeys } from "../../contract/configMapKeys.ts";

export type MountedFiles = Readonly<Record<string, string | undefined>>;

const attempts = 5;

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")
  );
}

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function resolveData(directory: string): Promise<string | undefined> {
  return (await orMissing(realpath(join(directory, "..data")))) ?? (await orMissing(realpath(directory)));
}

/**
 * Reads `peers.json` and `revision` as they were at one moment: `..data` is resolved before and after, and what was
 * read counts only if it did not move between, since the kubelet removes an old set only after the swap (Kubernetes
 * 1.37, pkg/volume/util/atomic_writer.go). A directory without `..data` is read as it stands, with no such promise.
 * Undefined: the directory is missing, empty of both, or moved five times while it was read, in which case another
 * change is about to be noticed. Rejects with other errors of the file system, such as EACCES.
 */
export async function readMountedFiles(directory: string): Promise<MountedFiles | undefined> {
  const { peersJson, revision } = configMapKeys;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const resolved = await resolveData(directory);
    if (resolved === undefined) return undefined;
    const [peers, version] = await Promise.all([
      orMissing(readFile(join(resolved, peersJson), "utf8")),
      orMissing(readFile(join(resolved, revision), "utf8")),
    ]);
    if ((await resolveData(directory)) !== resolved) continue;
    return peers === undefined && version === undefined
      ? undefined
      : { [peersJson]: peers, [revision]: version };
  }
  return undefined;
}
