import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { binaryCache } from "./binaryCache.ts";
import type { BinarySet } from "./BinarySet.ts";
import type { BuildProgress } from "./BuildProgress.ts";
import type { GoModule } from "./GoModule.ts";

const kubernetesVersion = "1.37.2";

/**
 * Builds binaries with Go into the cache, where each later run finds them, and resolves with
 * their folder. A build that is cut off leaves nothing half made, and what was finished need not be built again.
 * Rejects when Go fails, with what it complained of.
 */
export async function buildBinaries(
  environment: NodeJS.ProcessEnv,
  progress: BuildProgress,
  set: BinarySet,
): Promise<string> {
  const cache = await binaryCache(environment, set);
  await mkdir(cache, { recursive: true });
  for (const [position, module] of set.modules.entries()) {
    const partial = await mkdtemp(join(cache, ".partial-"));
    const names = module.binaries.map(({ name }) => name).join(" and ");
    const ended = progress.begin(`${names} (${position + 1} of ${set.modules.length})`, module.expected);
    try {
      await buildModule(module, partial, environment);
      for (const { name } of module.binaries) {
        await chmod(join(partial, name), 0o755);
        await rename(join(partial, name), join(cache, name));
      }
    } finally {
      ended();
      await rm(partial, { recursive: true, force: true });
    }
  }
  return cache;
}

async function buildModule(module: GoModule, into: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const directory = fileURLToPath(new URL(`modules/${module.directory}`, import.meta.url));
  for (const { name, package: path } of module.binaries) {
    const args = [
      "build",
      "-mod=readonly",
      "-trimpath",
      "-ldflags",
      linkerFlags,
      "-o",
      join(into, name),
      path,
    ];
    await runGo(args, directory, { ...environment, CGO_ENABLED: "0", GOWORK: "off" });
  }
}

async function runGo(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn("go", args, { cwd, env: environment, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr
    .setEncoding("utf8")
    .on("data", (text: string) => (complaint = (complaint + text).slice(-4000)));
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new Error(`go ${args[0]} ${args.at(-1)} ended with ${code ?? signal}:\n${complaint.trim()}`));
    });
  });
}

/** What makes `/version` say which Kubernetes it is; without effect on the other programs. */
const linkerFlags = [
  "-s -w",
  ...Object.entries({
    gitVersion: `v${kubernetesVersion}`,
    gitMajor: kubernetesVersion.split(".")[0],
    gitMinor: kubernetesVersion.split(".")[1],
  }).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`),
].join(" ");
