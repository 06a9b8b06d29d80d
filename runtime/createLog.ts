import pino from "pino";
import { LogOutput } from "./LogOutput.ts";

export interface LogSettings {
  readonly level: string;
  /** On every line, such as pod and namespace. */
  readonly base: Readonly<Record<string, string>>;
  /** On every line too, asked each time: what the program learns later, such as its network. */
  readonly context?: () => Readonly<Record<string, string>>;
}

/**
 * A pino logger to the given stream, standard output unless told otherwise: written in the process itself,
 * since a pino transport is a worker thread of 5 to 21 MiB.
 */
export function createLog(settings: LogSettings, stream?: pino.DestinationStream): pino.Logger {
  const output = new LogOutput((count) =>
    log.warn({ event: "log.lost", count }, `${count} lines before this one could not be written`),
  );
  const log = pino(
    {
      level: settings.level,
      base: settings.base,
      mixin: settings.context ?? (() => ({})),
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream ?? output,
  );
  return log;
}
