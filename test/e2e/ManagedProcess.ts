import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, createWriteStream, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

/** A line of a program's log, as parsed; `event` and `msg` are empty where a line is no JSON. */
export interface LogLine {
  readonly event: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProcessCircumstances {
  /** Nothing that it writes to standard output finds a place. */
  readonly diskIsFull?: boolean;
  /** Milliseconds by which its wall clock is off. */
  readonly clockOffset?: number;
  /** Node's, in the place of --enable-source-maps, which costs memory. */
  readonly flags?: readonly string[];
}

const shiftedClock = fileURLToPath(new URL("shiftedClock.ts", import.meta.url));

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function parseLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { event: "", msg: text };
  }
}

/** One Node program started by a test or the demo: its log is kept and written to a file; it never outlives us. */
export class ManagedProcess {
  readonly name: string;
  readonly lines: LogLine[] = [];
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;

  constructor(options: {
    readonly name: string;
    readonly program: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly logFile: string;
    readonly onLine?: (line: LogLine) => void;
    readonly circumstances?: ProcessCircumstances;
  }) {
    const {
      clockOffset = 0,
      diskIsFull = false,
      flags = ["--enable-source-maps"],
    } = options.circumstances ?? {};
    this.name = options.name;
    const full = diskIsFull ? openSync("/dev/full", "w") : undefined;
    const shifted = clockOffset === 0 ? [] : ["--import", shiftedClock];
    const child = spawn(process.execPath, [...flags, ...shifted, options.program], {
      env: {
        PATH: process.env["PATH"] ?? "",
        CLOCK_OFFSET: String(clockOffset),
        ...options.environment,
      },
      stdio: ["ignore", full ?? "pipe", "pipe"],
    });
    if (full !== undefined) closeSync(full);
    this.#child = child;
    running.add(child);
    const file = createWriteStream(options.logFile, { flags: "a" });
    if (child.stdout)
      createInterface({ input: child.stdout }).on("line", (text) => {
        const line = parseLine(text);
        this.lines.push(line);
        file.write(`${text}\n`);
        options.onLine?.(line);
      });
    if (child.stderr)
      createInterface({ input: child.stderr }).on("line", (text) => {
        this.lines.push({ event: "", msg: text });
        file.write(`${text}\n`);
      });
    this.exited = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        running.delete(child);
        file.end();
        resolve({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** SIGTERM, and SIGKILL to what has not ended after five seconds. */
  async stop(): Promise<ProcessExit> {
    this.kill("SIGTERM");
    const timer = setTimeout(() => this.kill("SIGKILL"), 5000);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  logged(event: string): readonly LogLine[] {
    return this.lines.filter((line) => line.event === event);
  }
}
