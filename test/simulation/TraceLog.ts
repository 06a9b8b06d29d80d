import type { Log, LogFields } from "../../runtime/Log.ts";
import type { Trace } from "./Trace.ts";

/** One process's log, as lines of the trace; what is for debugging is left out. */
export class TraceLog implements Log {
  readonly #trace: Trace;
  readonly #who: string;
  readonly #onLine: (fields: LogFields) => void;

  constructor(trace: Trace, who: string, onLine: (fields: LogFields) => void) {
    this.#trace = trace;
    this.#who = who;
    this.#onLine = onLine;
  }

  debug(): void {
    // Too much to keep for thousands of worlds.
  }

  info(fields: LogFields, message: string): void {
    const { added = [], removed = [] } = fields as { added?: readonly string[]; removed?: readonly string[] };
    const changes = [...added.map((name) => ` +${name}`), ...removed.map((name) => ` -${name}`)].join("");
    this.#trace.add(this.#who, `${fields.event} ${message}${changes}`);
    this.#onLine(fields);
  }

  warn({ event }: LogFields, message: string): void {
    this.#trace.add(this.#who, `${event} warns: ${message}`);
  }

  error({ event }: LogFields, message: string): void {
    this.#trace.add(this.#who, `${event} fails: ${message}`);
  }
}
