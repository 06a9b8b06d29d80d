import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { controlPlaneEnvironment } from "../control-plane/controlPlaneEnvironment.ts";
import { findBinaries } from "../control-plane/findBinaries.ts";
import type { RunningControlPlane } from "../control-plane/RunningControlPlane.ts";
import { chaosFaults } from "./chaosFaults.ts";
import { runChaos } from "./runChaos.ts";

/** Those of this run, else those that there are; where there are none, why. */
async function binariesOfRun(): Promise<{ readonly binaries: string } | { readonly missing: string }> {
  const reason = process.env[controlPlaneEnvironment.missing];
  if (reason) return { missing: reason };
  const file = process.env[controlPlaneEnvironment.file];
  const running = file && (JSON.parse(await readFile(file, "utf8")) as RunningControlPlane);
  const binaries = running ? running.binaries : await findBinaries(process.env);
  return binaries === undefined ? { missing: "there are no binaries of a control plane" } : { binaries };
}

const found = await binariesOfRun();
const skip = "missing" in found ? found.missing : false;
if (skip && process.env["CI"] === "true") throw new Error(`CI=true demands a control plane: ${skip}`);

test(
  "each kind of fault, once, loses nothing on a real cluster",
  { skip, timeout: 280_000 },
  async (context) => {
    const binaries = "binaries" in found ? found.binaries : "";
    const told: string[] = [];
    const { recovery, violations, writes } = await runChaos({
      binaries,
      faults: chaosFaults.length,
      seed: 1,
      eachOnce: true,
      pace: 0.4,
      say: (line) => told.push(line),
    });
    assert.deepEqual(violations, [], told.join("\n"));
    assert.ok(writes > 0);
    context.diagnostic(
      `${chaosFaults.length} faults, ${writes} writes judged, well after ${recovery?.toFixed(0)} ms`,
    );
  },
);
