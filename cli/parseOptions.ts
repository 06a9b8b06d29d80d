import { parseArgs } from "node:util";
import type { ParseArgsOptionsConfig } from "node:util";
import { UsageError } from "./UsageError.ts";

/** A command's arguments by Node's rules. @throws UsageError */
export function parseOptions<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError) || !("code" in error)) throw error;
    throw new UsageError(error.message);
  }
}
