import { execFile } from "node:child_process";

/** Runs a command of stellar-core to its end; resolves with what it printed, rejects with what it complained of. */
export async function runCore(binary: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(binary, args, { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(new Error(`${args.join(" ")}: ${(stderr || stdout).trim().slice(-600) || error.message}`));
    });
  });
}
