/**
 * A process of its own that runs the servers of a control plane, and ends them, and itself, when its standard input
 * closes: however the process that holds the other end has ended. The first line of input is a SupervisedPlan, each
 * other one a ServerCommand; each server that ends otherwise than with this process is told in a line of output.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ServerCommand, SupervisedPlan } from "./SupervisedPlan.ts";

const children = new Map<string, ChildProcess>();
let plan: SupervisedPlan | undefined;
let ending = false;

function take(line: string): void {
  if (plan) {
    command(JSON.parse(line) as ServerCommand);
    return;
  }
  plan = JSON.parse(line) as SupervisedPlan;
  for (const { name } of plan.servers) start(name);
}

function command({ name, action }: ServerCommand): void {
  if (action === "start") start(name);
  else children.get(name)?.kill(action);
}

function start(name: string): void {
  const server = plan?.servers.find((planned) => planned.name === name);
  if (!plan || !server || ending || children.has(name)) return;
  const log = openSync(join(plan.directory, `${name}.log`), "a");
  const child = spawn(server.file, server.args, { stdio: ["ignore", log, log], cwd: plan.directory });
  closeSync(log);
  children.set(name, child);
  const ended = (reason: string): void => {
    children.delete(name);
    if (ending) finish();
    else process.stdout.write(`${JSON.stringify({ name, reason })}\n`);
  };
  child.once("error", (error) => ended(error.message));
  child.once("exit", (code, signal) => ended(`exit ${code ?? signal}`));
}

function finish(): void {
  if (children.size > 0) return;
  if (plan) rmSync(plan.directory, { recursive: true, force: true, maxRetries: 5 });
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
createInterface({ input: process.stdin }).on("line", take).once("close", end);
