import type { Terminal } from "../../cli/Terminal.ts";

/** A terminal in memory. */
export class RecordedTerminal implements Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
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

  stderr(text: string): void {
    this.remarks += text;
  }
}
