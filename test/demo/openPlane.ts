import { fileURLToPath } from "node:url";
import { findBinaries } from "../control-plane/findBinaries.ts";
import { runTool } from "../control-plane/runTool.ts";
import { startControlPlane } from "../control-plane/startControlPlane.ts";
import { MemoryPlane } from "../e2e/MemoryPlane.ts";
import type { Plane } from "../e2e/Plane.ts";
import { RealPlane } from "../e2e/RealPlane.ts";

const rendered = fileURLToPath(new URL("../charts/golden/default.yaml", import.meta.url));
const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));

/** The control plane that the demo is played on. Rejects with what to do where there is no real one. */
export async function openPlane(kind: "memory" | "real", directory: string): Promise<Plane> {
  if (kind === "memory") return MemoryPlane.open({ rendered, directory });
  const binaries = await findBinaries(process.env);
  if (binaries === undefined)
    throw new Error(
      "there are no binaries of a control plane: run `npm run control-plane -- --build-only` once, or set KUBEBUILDER_ASSETS",
    );
  const { running, close } = await startControlPlane(binaries);
  const helm = (args: readonly string[]): Promise<string> => runTool(running, "helm", args, "");
  return new RealPlane({ ...running, helm, chart, close });
}
