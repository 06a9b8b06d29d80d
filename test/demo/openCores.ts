import { join } from "node:path";
import { FakeCores } from "../e2e/FakeCores.ts";
import { RealCores } from "../e2e/real-core/RealCores.ts";
import type { StageCore } from "../e2e/StageCore.ts";
import type { StageCores } from "../e2e/StageCores.ts";

/** Real Cores where STELLAR_CORE_BIN names a binary, else fake ones. The demo's first three make up the quorum. */
export async function openCores(
  environment: NodeJS.ProcessEnv,
  directory: string,
): Promise<StageCores<StageCore>> {
  const binary = environment["STELLAR_CORE_BIN"];
  if (!binary) return new FakeCores();
  return RealCores.open(binary, join(directory, "cores"), ["alpha-0", "beta-0", "gamma-0"]);
}
