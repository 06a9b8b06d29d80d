import { access, constants } from "node:fs/promises";
import { join } from "node:path";
import { binaryCache } from "./binaryCache.ts";
import type { BinarySet } from "./BinarySet.ts";
import { controlPlaneBinaries } from "./controlPlaneBinaries.ts";

/**
 * The folder of these binaries: KUBEBUILDER_ASSETS, else the cache of an earlier build.
 * Undefined when neither has them all. Rejects when KUBEBUILDER_ASSETS is set and lacks one.
 */
export async function findBinaries(
  environment: NodeJS.ProcessEnv,
  set: BinarySet = controlPlaneBinaries,
): Promise<string | undefined> {
  const names = set.modules.flatMap(({ binaries }) => binaries.map(({ name }) => name));
  const assets = environment["KUBEBUILDER_ASSETS"];
  if (assets && set.assets) {
    const missing = await missingFrom(assets, names);
    if (missing.length === 0) return assets;
    throw new Error(`KUBEBUILDER_ASSETS is ${assets}, which lacks ${missing.join(", ")}`);
  }
  const cache = await binaryCache(environment, set);
  return (await missingFrom(cache, names)).length === 0 ? cache : undefined;
}

async function missingFrom(directory: string, names: readonly string[]): Promise<string[]> {
  const looks = names.map(async (name) => {
    try {
      await access(join(directory, name), constants.X_OK);
      return [];
    } catch {
      return [name];
    }
  });
  return (await Promise.all(looks)).flat();
}
