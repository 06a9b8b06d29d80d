import type { Terminal } from "./Terminal.ts";

export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Resolves with the exit code, 0 unless it says another. Rejects with UsageError or ConfigurationError (exit code 2), or anything else (exit code 1). */
  run(args: readonly string[], terminal: Terminal): Promise<number | undefined>;
}
