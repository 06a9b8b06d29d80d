import { execFile } from "node:child_process";
import { join } from "node:path";
import type { RunningControlPlane } from "./RunningControlPlane.ts";

/** Runs kubectl or helm as administrator; resolves with what it printed, rejects with what it complained of. */
export async function runTool(
  running: RunningControlPlane,
  tool: "kubectl" | "helm",
  args: readonly string[],
  stdin: string,
): Promise<string> {
  const environment = {
    ...process.env,
    KUBECONFIG: running.kubeconfig,
    HOME: running.directory,
    XDG_CACHE_HOME: join(running.directory, "cache"),
    XDG_CONFIG_HOME: join(running.directory, "config"),
    XDG_DATA_HOME: join(running.directory, "data"),
  };
  const options = { env: environment, maxBuffer: 64 * 2 ** 20, timeout: 120_000 };
  return new Promise((resolve, reject) => {
    const child = execFile(join(running.binaries, tool), args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else
        reject(new Error(`${tool} ${args.join(" ")}: ${stderr.trim() || error.message}`, { cause: error }));
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(stdin);
  });
}
