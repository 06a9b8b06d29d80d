import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { describe, it } from "node:test";
import { ConfigurationError } from "../../runtime/ConfigurationError.ts";
import type { Log, LogFields } from "../../runtime/Log.ts";
import { runProgram } from "../../runtime/runProgram.ts";

class FakeHost extends EventEmitter {
  readonly exits: number[] = [];

  exit(code: number): void {
    this.exits.push(code);
  }
}

class RecordingLog implements Log {
  readonly lines: { readonly level: string; readonly event: string; readonly message: string }[] = [];

  debug(fields: LogFields, message: string): void {
    this.lines.push({ level: "debug", event: fields.event, message });
  }
  info(fields: LogFields, message: string): void {
    this.lines.push({ level: "info", event: fields.event, message });
  }
  warn(fields: LogFields, message: string): void {
    this.lines.push({ level: "warn", event: fields.event, message });
  }
  error(fields: LogFields, message: string): void {
    this.lines.push({ level: "error", event: fields.event, message });
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

describe("the life of a program", () => {
  it("ends with 0 when a signal asked it to", async () => {
    const host = new FakeHost();
    const log = new RecordingLog();
    const ended = runProgram(host, { name: "agent", log, run: untilAborted });
    host.emit("SIGTERM");
    await ended;
    assert.deepEqual(host.exits, [0]);
    assert.deepEqual(
      log.lines.map((line) => line.event),
      ["agent.stopping", "agent.stopped"],
    );
  });

  it("ends at once with 1 at a second signal, whatever its loops do", () => {
    const host = new FakeHost();
    void runProgram(host, {
      name: "agent",
      log: new RecordingLog(),
      run: () => new Promise(() => undefined),
    });
    host.emit("SIGTERM");
    assert.deepEqual(host.exits, []);
    host.emit("SIGINT");
    assert.deepEqual(host.exits, [1]);
  });

  it("reports every mistake in the configuration on a line of its own and ends with 2", async () => {
    const host = new FakeHost();
    const log = new RecordingLog();
    const run = (): Promise<void> => Promise.reject(new ConfigurationError(["one", "two", "three"]));
    await runProgram(host, { name: "webhook", log, run });
    assert.deepEqual(host.exits, [2]);
    assert.deepEqual(
      log.lines.map((line) => line.message),
      ["one", "two", "three"],
    );
  });

  it("ends with 1 and says why when a part of it failed", async () => {
    const host = new FakeHost();
    const log = new RecordingLog();
    await runProgram(host, { name: "agent", log, run: () => Promise.reject(new Error("the disk is gone")) });
    assert.deepEqual(host.exits, [1]);
    assert.match(log.lines[0]?.message ?? "", /the disk is gone/);
  });
});
