import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Progress } from "./Progress.ts";

export interface WorkerRun {
  readonly first: number;
  readonly seeds: number;
  /** Processes, at most as many as seeds. */
  readonly workers: number;
}

/** Worlds die young and throw much, whose stack nobody reads. */
const flags = ["--max-semi-space-size=32", "--stack-trace-limit=0"];

async function ended(worker: ChildProcess): Promise<void> {
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    worker.once("exit", (...how) => resolve(how)),
  );
  if (code !== 0 && signal !== "SIGTERM")
    throw new Error(`a worker of the simulation ended with ${signal ?? code}`);
}

/**
 * Lives through the worlds of these seeds, the workers by turns; `onProgress` is told of each, and returns false to
 * stop. Rejects when a worker dies of something else.
 */
export async function runWorkers(run: WorkerRun, onProgress: (progress: Progress) => boolean): Promise<void> {
  const step = Math.min(run.workers, run.seeds);
  const workers = Array.from({ length: step }, (_, index) => {
    const count = Math.ceil((run.seeds - index) / step);
    const worker = fork(join(import.meta.dirname, "worker.ts"), [], {
      execArgv: flags,
      env: { ...process.env, SIMULATION_WORKER: `${run.first + index},${count},${step}` },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return worker.on("message", (progress) => {
      if (!onProgress(progress as Progress)) workers.forEach((each) => each.kill());
    });
  });
  try {
    await Promise.all(workers.map(ended));
  } finally {
    workers.forEach((worker) => worker.kill());
  }
}
