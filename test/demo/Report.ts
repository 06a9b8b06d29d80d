/** One step of the demo: what was done, what changed because of it, and how long that took. */
export interface StepResult {
  readonly step: string;
  readonly held: boolean;
  /** Milliseconds. */
  readonly took: number;
  /** What a person should see. */
  readonly changed: readonly string[];
}

/** Prints the demo's story for a person at a terminal, a step at a time, and a table at its end. */
export class Report {
  readonly results: StepResult[] = [];
  readonly #write: (text: string) => void;
  readonly #live: boolean;
  #muted = false;

  /** `live`: the text goes to a terminal, where a running step shows its seconds. */
  constructor(write: (text: string) => void, live: boolean) {
    this.#write = write;
    this.#live = live;
  }

  say(text: string): void {
    if (!this.#muted) this.#write(`${this.#live ? "\r\u001B[K" : ""}${text}\n`);
  }

  /** Says nothing more: what was interrupted does not have to be told. */
  mute(): void {
    this.#muted = true;
  }

  /** Runs one step; a step that throws did not hold, and the demo goes on to its end. */
  async step(
    step: string,
    act: (changed: (line: string) => void) => Promise<number | undefined>,
  ): Promise<boolean> {
    this.say(`\n${String(this.results.length + 1).padStart(2)}. ${step}`);
    const changed: string[] = [];
    const start = performance.now();
    let held = true;
    let measured: number | undefined;
    const ticking = this.#tick(start);
    try {
      measured = await act((line) => {
        changed.push(line);
        this.say(`      ${line}`);
      });
    } catch (error) {
      held = false;
      const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
      this.say(`      DID NOT HOLD: ${error instanceof Error ? error.message : String(error)}${cause}`);
    } finally {
      clearInterval(ticking);
    }
    const took = measured ?? performance.now() - start;
    this.say(`    ${held ? "held" : "failed"} after ${(took / 1000).toFixed(2)} s`);
    this.results.push({ step, held, took, changed });
    return held;
  }

  /** True when every step held. */
  summarize(): boolean {
    const width = Math.max(...this.results.map((result) => result.step.length));
    this.say(`\n${"step".padEnd(width + 4)}  result      time`);
    for (const [index, result] of this.results.entries()) {
      const label = `${String(index + 1).padStart(2)}. ${result.step}`.padEnd(width + 4);
      this.say(
        `${label}  ${result.held ? "held  " : "FAILED"}  ${(result.took / 1000).toFixed(2).padStart(6)} s`,
      );
    }
    const failed = this.results.filter((result) => !result.held).length;
    this.say(
      failed === 0
        ? `\nAll ${this.results.length} steps held.`
        : `\n${failed} of ${this.results.length} steps failed.`,
    );
    return failed === 0;
  }

  #tick(start: number): NodeJS.Timeout | undefined {
    if (!this.#live) return undefined;
    return setInterval(() => {
      if (!this.#muted) this.#write(`\r      … ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }, 1000);
  }
}
