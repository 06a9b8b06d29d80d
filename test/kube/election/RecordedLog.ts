import type { Log, LogFields } from "../../../runtime/Log.ts";

export interface RecordedLine extends LogFields {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
}

/** A log that keeps its lines. */
export class RecordedLog implements Log {
  readonly lines: RecordedLine[] = [];

  debug(fields: LogFields, message: string): void {
    this.lines.push({ ...fields, level: "debug", message });
  }

  info(fields: LogFields, message: string): void {
    this.lines.push({ ...fields, level: "info", message });
  }

  warn(fields: LogFields, message: string): void {
    this.lines.push({ ...fields, level: "warn", message });
  }

  error(fields: LogFields, message: string): void {
    this.lines.push({ ...fields, level: "error", message });
  }

  /** Lines about one event. */
  about(event: string): readonly RecordedLine[] {
    return this.lines.filter((line) => line.event === event);
  }
}
