import { writeFile } from "node:fs/promises";
import { CommandError } from "./CommandError.ts";

/** Writes a file, in the place of what it held. @throws CommandError */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CommandError(`can't write ${path}: ${detail}`);
  }
}
