import { spawnSync } from "node:child_process";
import type { BinarySet } from "./BinarySet.ts";
import type { BuildProgress } from "./BuildProgress.ts";
import { buildBinaries } from "./buildBinaries.ts";
import { controlPlaneBinaries } from "./controlPlaneBinaries.ts";
import { findBinaries } from "./findBinaries.ts";

/**
 * The folder of these binaries: KUBEBUILDER_ASSETS, else the cache, else built now with Go. Undefined
 * when there is none of them and no Go.
 */
export async function prepareBinaries(
  environment: NodeJS.ProcessEnv,
  progress: BuildProgress,
  set: BinarySet = controlPlaneBinaries,
): Promise<string | undefined> {
  const found = await findBinaries(environment, set);
  if (found) return found;
  if (spawnSync("go", ["version"], { env: environment, stdio: "ignore" }).status !== 0) return undefined;
  return buildBinaries(environment, progress, set);
}
