import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { BuildProgress } from "./BuildProgress.ts";
import { controlPlaneBinaries } from "./controlPlaneBinaries.ts";
import { nodeBinaries } from "./nodeBinaries.ts";
import { prepareBinaries } from "./prepareBinaries.ts";

/**
 * A folder with the programs of a whole cluster of one node, the control plane's as links; built where they are
 * missing. Undefined where that can't be, as there is no Go.
 */
export async function prepareCluster(
  environment: NodeJS.ProcessEnv,
  progress: BuildProgress,
): Promise<string | undefined> {
  const plane = await prepareBinaries(environment, progress);
  const folder = await prepareBinaries(environment, progress, nodeBinaries);
  if (plane === undefined || folder === undefined) return undefined;
  for (const { name } of controlPlaneBinaries.modules.flatMap(({ binaries }) => binaries)) {
    await rm(join(folder, name), { force: true });
    await symlink(join(plane, name), join(folder, name));
  }
  return folder;
}
