import { access, constants } from "node:fs/promises";
import { join } from "node:path";
import { binaryCache } from "./binaryCache.ts";
import { binaryNames } from "./binaryNames.ts";

/**
 * The folder of the control plane's binaries: KUBEBUILDER_ASSETS, else the cache of an earlier build.
 * Undefined when neither has them all. Rejects when KUBEBUILDER_ASSETS is set and lacks one.
 */
export async function findBinaries(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const assets = environment["KUBEBUILDER_ASSETS"];
  if (assets) {
    const missing = await missingFrom(assets);
    if (missing.length === 0) return assets;
    throw new Error(`KUBEBUILDER_ASSETS is ${assets}, which lacks ${missing.join(", ")}`);
  }
  const cache = await binaryCache(environment);
  return (await missingFrom(cache)).length === 0 ? cache : undefined;
}

async function missingFrom(directory: string): Promise<string[]> {
  const looks = binaryNames.map(async (name) => {
    try {
      await access(join(directory, name), constants.X_OK);
      return [];
    } catch {
      return [name];
    }
  });
  return (await Promise.all(looks)).flat();
}
