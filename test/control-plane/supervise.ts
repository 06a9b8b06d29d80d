/**
 * A process of its own that runs the servers of a control plane, and ends them, and itself, when its standard input
 * closes: however the process that holds the other end has ended. The first line of input is a SupervisedPlan; each
 * server that ends unasked is told in a line of output.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { SupervisedPlan } from "./SupervisedPlan.ts";

const children = new Map<string, ChildProcess>();
let directory: string | undefined;
let ending = false;

function run(plan: SupervisedPlan): void {
  directory = plan.directory;
  for (const { name, file, args } of plan.servers) {
    const log = openSync(join(plan.directory, `${name}.log`), "a");
    const child = spawn(file, args, { stdio: ["ignore", log, log], cwd: plan.directory });
    children.set(name, child);
    const ended = (reason: string): void => {
      children.delete(name);
      if (ending) finish();
      else process.stdout.write(`${JSON.stringify({ name, reason })}\n`);
    };
    child.once("error", (error) => ended(error.message));
    child.once("exit", (code, signal) => ended(`exit ${code ?? signal}`));
  }
}

function finish(): void {
  if (children.size > 0) return;
  if (directory) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

/** Their data is thrown away, so they need no time to end in good order. */
function end(): void {
  if (ending) return;
  ending = true;
  for (const child of children.values()) child.kill("SIGKILL");
  finish();
}

// Nobody may read any more: that is no reason to leave the servers behind.
process.stdout.on("error", () => undefined);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
createInterface({ input: process.stdin })
  .once("line", (line) => run(JSON.parse(line) as SupervisedPlan))
  .once("close", end);
