import { after } from "node:test";
import { controlPlaneEnvironment } from "../control-plane/controlPlaneEnvironment.ts";
import { findBinaries } from "../control-plane/findBinaries.ts";
import type { RunningControlPlane } from "../control-plane/RunningControlPlane.ts";
import { startControlPlane } from "../control-plane/startControlPlane.ts";

export interface PrivateControlPlane {
  /** Why there is none; false when there is one. */
  readonly skip: string | false;
  /** Throws when there is none. */
  readonly running: () => RunningControlPlane;
}

/**
 * A control plane that no other test file uses, for what must stand under the names that the documentation gives it.
 * Ends with the file's tests. With CI=true, this rejects where there is none.
 */
export async function privateControlPlane(): Promise<PrivateControlPlane> {
  const missing = process.env[controlPlaneEnvironment.missing];
  const binaries = missing === undefined ? await findBinaries(process.env) : undefined;
  if (binaries === undefined) {
    const skip = missing ?? "no control plane: run `npm run control-plane -- --build-only` once";
    if (process.env["CI"] === "true") throw new Error(`CI=true demands a control plane: ${skip}`);
    const running = (): never => {
      throw new Error(skip);
    };
    return { skip, running };
  }
  const started = await startControlPlane(binaries);
  after(() => started.close());
  return { skip: false, running: () => started.running };
}
