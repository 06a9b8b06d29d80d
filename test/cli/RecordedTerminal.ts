import type { Terminal } from "../../cli/Terminal.ts";

/** A terminal in memory. */
export class RecordedTerminal implements Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interactive = false;
  readonly interruption = new AbortController();
  output = "";
  remarks = "";
  readonly #input: string;

  constructor(input = "", environment: Readonly<Record<string, string | undefined>> = {}) {
    this.#input = input;
    this.environment = environment;
  }

  readStdin(): Promise<string> {
    return Promise.resolve(this.#input);
  }

  stdout(text: string): void {
    this.output += text;
  }

  interrupted(): AbortSignal {
    return this.interruption.signal;
  }

  stderr(text: string): void {
    this.remarks += text;
  }
}
