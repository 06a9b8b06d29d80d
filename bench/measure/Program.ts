import { spawn, type ChildProcess } from "node:child_process";
import { readFile, readdir, readlink } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as pass } from "node:timers/promises";
import { isAnswering } from "./isAnswering.ts";
import { parseMemory, type Memory } from "./parseMemory.ts";
import { parseProcessorTime } from "./parseProcessorTime.ts";

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A program that is measured from outside, by /proc: Linux alone. It never outlives this process. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #began = performance.now();
  #said = "";

  /** `output: "dropped"`: what it says goes nowhere, where reading it would take a processor's time. */
  constructor(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    output: "kept" | "dropped" = "kept",
  ) {
    const place = output === "kept" ? "pipe" : "ignore";
    const child = spawn(command, args, {
      env: { PATH: process.env["PATH"] ?? "", ...environment },
      stdio: ["ignore", place, place],
    });
    this.#child = child;
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text: Buffer) => (this.#said = `${this.#said}${text.toString()}`.slice(-4000)));
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        running.delete(child);
        resolve();
      };
      child.once("close", end);
      child.once("error", (error) => {
        this.#said += String(error);
        end();
      });
    });
  }

  /**
   * Seconds from its start until `url` answered 200; `ca` in PEM where that is HTTPS. Rejects with what it said when that
   * takes over 30 s.
   */
  async ready(url: string, ca?: string): Promise<number> {
    for (;;) {
      const seconds = (performance.now() - this.#began) / 1000;
      if (await isAnswering(url, ca)) return (performance.now() - this.#began) / 1000;
      if (seconds > 30 || !running.has(this.#child)) throw new Error(`${url} is not ready: ${this.#said}`);
      await pass(2);
    }
  }

  /** Calls back for each line of its standard output from now on. */
  onLine(listener: (line: string) => void): void {
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on("line", listener);
  }

  async memory(): Promise<Memory> {
    return parseMemory(await this.#read("smaps_rollup"));
  }

  /** Milliseconds. */
  async processorTime(): Promise<number> {
    return parseProcessorTime(await this.#read("stat"));
  }

  /** Open TCP connections, over IPv4, to this port. */
  async connectionsTo(port: number): Promise<number> {
    const directory = `/proc/${this.#child.pid}/fd`;
    const links = (await readdir(directory)).map((fd) => readlink(`${directory}/${fd}`).catch(() => ""));
    const own = new Set(await Promise.all(links));
    const remote = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    return (await this.#read("net/tcp"))
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , to, state, , , , , , inode]) => {
        return to?.endsWith(remote) === true && state === "01" && own.has(`socket:[${inode}]`);
      }).length;
  }

  /** Sends the signal, and SIGKILL after 5 s; resolves once it has ended. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
    await this.#ended;
    clearTimeout(timer);
  }

  async #read(name: string): Promise<string> {
    return readFile(`/proc/${this.#child.pid}/${name}`, "utf8");
  }
}
