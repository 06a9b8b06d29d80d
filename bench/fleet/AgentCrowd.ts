import { eventually } from "../../test/runtime/eventually.ts";
import type { AgentWord } from "../agents/AgentWord.ts";
import { Program } from "../measure/Program.ts";

const inProcess = 100;
/** Milliseconds between two starts in a process: each start is a list of everything, of which the machine can do so many. */
const pause = 1_000;

/** Many agents in few processes, and what is known of them. */
export class AgentCrowd {
  readonly #programs: Program[] = [];
  readonly #synced = new Set<number>();
  readonly #revisions = new Map<number, unknown>();
  readonly #size: number;

  constructor(kubeconfig: string, size: number) {
    this.#size = size;
    for (let first = 0; first < size; first += inProcess) {
      const count = Math.min(inProcess, size - first);
      const flags = { kubeconfig, first, count, pause: size > inProcess ? pause : 20 };
      const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
      const program = new Program(process.execPath, ["bench/agents/main.ts", ...args], {});
      program.onLine((line) => this.#hear(JSON.parse(line) as AgentWord));
      this.#programs.push(program);
    }
  }

  /** Resolves once each has its picture and holds a document. */
  async started(): Promise<void> {
    await eventually("all agents hold the list", 600_000, () => {
      return this.#synced.size === this.#size && this.#revisions.size === this.#size;
    });
  }

  /** How many hold a document of another revision than `old`. */
  holding(old: unknown): number {
    return [...this.#revisions.values()].filter((revision) => revision !== old).length;
  }

  /** The revision that all of them hold; undefined while they differ. */
  revision(): unknown {
    const all = new Set(this.#revisions.values());
    return all.size === 1 ? [...all][0] : undefined;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop("SIGKILL")));
  }

  #hear({ agent, event, revision }: AgentWord): void {
    if (event === "discovery.synced") this.#synced.add(agent);
    if (event === "document.received") this.#revisions.set(agent, revision);
  }
}
