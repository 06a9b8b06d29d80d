import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import type { ServerCommand, SupervisedPlan } from "./SupervisedPlan.ts";

/** This end of a supervise.ts process. It does not keep this process alive, and ends when this process does. */
export class Supervisor {
  /** Resolves when a server ended unasked, with a sentence. */
  readonly failure: Promise<string>;
  /** Called with the name of each server that ends unasked. */
  onEnd: (name: string) => void = () => undefined;
  readonly #child: ChildProcess;

  constructor(plan: SupervisedPlan) {
    const script = fileURLToPath(new URL("supervise.ts", import.meta.url));
    // In a process group of its own, so that Ctrl-C at a terminal reaches this process alone.
    const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "ignore"], detached: true });
    this.#child = child;
    child.stdin.on("error", () => undefined);
    child.stdin.write(`${JSON.stringify(plan)}\n`);
    this.failure = new Promise((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const { name, reason } = JSON.parse(line) as { name: string; reason: string };
        resolve(`${name} ended: ${reason}`);
        this.onEnd(name);
      });
      child.once("error", (error) => resolve(`the supervisor can't be started: ${error.message}`));
      child.once("exit", () => resolve("the supervisor has ended"));
    });
    child.unref();
    for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref(): void }).unref();
  }

  command(command: ServerCommand): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** Ends the servers and removes the plan's directory. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.ref();
    this.#child.stdin?.end();
    await ended;
  }
}
