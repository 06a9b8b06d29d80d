import { exitCodes } from "./exitCodes.ts";
import { ConfigurationError } from "./ConfigurationError.ts";
import type { Log } from "./Log.ts";

/** What a program needs of its process. */
export interface Host {
  on(signal: "SIGTERM" | "SIGINT", listener: () => void): unknown;
  exit(code: number): void;
}

export interface Program {
  readonly name: "agent" | "webhook";
  readonly log: Log;
  /** Runs until the signal aborts, then cleans up and settles. Rejects when it can't go on. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/**
 * The life of a program: runs it until SIGTERM or SIGINT, and ends the process with an exit code of `exitCodes`.
 * A second signal ends it at once. Mistakes in the configuration are logged a line each.
 */
export async function runProgram(host: Host, program: Program): Promise<void> {
  const { name, log } = program;
  const ending = new AbortController();
  const onSignal = (signal: string) => (): void => {
    if (ending.signal.aborted) {
      host.exit(exitCodes.failed);
      return;
    }
    log.info({ event: `${name}.stopping`, signal }, `${signal}: ending; a second signal ends at once`);
    ending.abort();
  };
  host.on("SIGTERM", onSignal("SIGTERM"));
  host.on("SIGINT", onSignal("SIGINT"));
  try {
    await program.run(ending.signal);
    log.info({ event: `${name}.stopped` }, "ended as asked");
    host.exit(exitCodes.ended);
  } catch (error) {
    host.exit(explain(error, program));
  }
}

function explain(error: unknown, { name, log }: Program): number {
  if (error instanceof ConfigurationError) {
    for (const problem of error.problems) log.error({ event: "configuration.invalid" }, problem);
    return exitCodes.wrongConfiguration;
  }
  const message = error instanceof Error ? error.message : String(error);
  log.error({ event: `${name}.failed`, err: error }, `ends because it can't go on: ${message}`);
  return exitCodes.failed;
}
