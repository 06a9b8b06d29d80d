import { execFile } from "node:child_process";

/** Resolves with what the command printed; rejects with what it complained of. */
export async function runCommand(
  command: readonly string[],
  options: { readonly stdin?: string; readonly timeout?: number } = {},
): Promise<string> {
  const [file = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const limits = { maxBuffer: 64 * 2 ** 20, timeout: options.timeout ?? 120_000 };
    const child = execFile(file, args, limits, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else
        reject(
          new Error(
            `${command.slice(0, 8).join(" ")}: ${(stderr.trim() || stdout.trim()).slice(-600) || error.message}`,
          ),
        );
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.stdin ?? "");
  });
}
