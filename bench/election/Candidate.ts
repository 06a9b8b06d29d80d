import type { Program } from "../measure/Program.ts";
import type { Contender, Stand } from "./Contender.ts";

interface Word {
  readonly leads: boolean;
  readonly follows?: string;
}

/** One candidate in a process of its own, and what it says. */
export class Candidate {
  readonly #program: Program;
  readonly #identity: string;
  #ledAt: number | undefined;
  #follows: string | undefined;

  constructor(contender: Contender, stand: Omit<Stand, "candidates">) {
    this.#identity = stand.identity;
    this.#program = contender.start({ ...stand, candidates: 1 });
    this.#program.onLine((line) => this.#hear(JSON.parse(line) as Word));
  }

  /** `performance.now()` when it said that it leads; undefined when it does not. */
  ledAt(): number | undefined {
    return this.#ledAt;
  }

  follows(leader: Candidate): boolean {
    return this.#follows?.startsWith(`${leader.#identity}-`) === true;
  }

  /** Sends the signal, and resolves once the process has ended. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    await this.#program.stop(signal);
  }

  #hear({ leads, follows }: Word): void {
    this.#ledAt = leads ? performance.now() : undefined;
    if (follows) this.#follows = follows;
  }
}
