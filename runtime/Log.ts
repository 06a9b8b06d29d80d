import type { EventName } from "./eventNames.ts";

/** What each line says besides its sentence; `event` comes from the closed list. Errors go under `err`. */
export interface LogFields {
  readonly event: EventName;
  readonly err?: unknown;
  readonly [field: string]: unknown;
}

/** The log: JSON lines. pino's Logger is one. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
