import { readFile } from "node:fs/promises";
import { CommandError } from "./CommandError.ts";
import type { Terminal } from "./Terminal.ts";

/** The text of a file, or of standard input (`-`). @throws CommandError */
export async function readInput(path: string, terminal: Terminal): Promise<string> {
  if (path === "-") return terminal.readStdin();
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CommandError(`can't read ${path}: ${detail}`);
  }
}
