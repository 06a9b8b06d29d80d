#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { runCommandLine } from "./runCommandLine.ts";

// Whoever reads the result may have seen enough, as `| head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  readStdin: () => text(process.stdin),
  stdout: (result) => void process.stdout.write(result),
  stderr: (remark) => void process.stderr.write(remark),
  interactive: process.stdout.isTTY,
  interrupted: () => {
    const ending = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
    return ending.signal;
  },
});
