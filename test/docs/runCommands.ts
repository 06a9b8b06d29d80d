import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunningControlPlane } from "../control-plane/RunningControlPlane.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs commands as a reader would, in the project's folder, with the kubectl and helm of this control plane and a home
 * of its own. Resolves with what they print; rejects, with what they complain of, at the first that fails.
 */
export async function runCommands(
  { binaries, directory, kubeconfig }: RunningControlPlane,
  commands: string,
): Promise<string> {
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfig,
    HOME: directory,
    XDG_CACHE_HOME: join(directory, "cache"),
    XDG_CONFIG_HOME: join(directory, "config"),
    XDG_DATA_HOME: join(directory, "data"),
    PATH: [join(directory, ".local/bin"), binaries, process.env["PATH"]].join(delimiter),
  };
  const options = { cwd: root, env, timeout: 120_000 };
  return new Promise((resolve, reject) => {
    execFile("bash", ["-euo", "pipefail", "-c", commands], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${commands}\n${stderr.trim() || error.message}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
