import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LoadResult } from "./load/LoadResult.ts";

const program = fileURLToPath(new URL("load/main.ts", import.meta.url));

export interface Load {
  readonly port: number;
  readonly path: string;
  /** Files with the CA in PEM, and with the review. */
  readonly ca: string;
  readonly body: string;
  readonly connections: number;
  readonly warm: number;
  readonly seconds: number;
}

/** Puts a webhook under load from a process of its own. Rejects when one answer is not as the first. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const args = Object.entries(load).map(([name, value]) => `--${name}=${value}`);
  const options = { timeout: (load.warm + load.seconds + 30) * 1000 };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], options);
  return JSON.parse(stdout) as LoadResult;
}
