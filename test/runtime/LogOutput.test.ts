import assert from "node:assert/strict";
import { closeSync, openSync, writeSync } from "node:fs";
import { describe, it } from "node:test";
import { createLog } from "../../runtime/createLog.ts";
import { LogOutput } from "../../runtime/LogOutput.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("log output", () => {
  it("writes a line whole, in as many parts as it takes", () => {
    let written = "";
    const output = new LogOutput(
      () => undefined,
      (bytes) => {
        written += Buffer.from(bytes.subarray(0, 3)).toString();
        return Math.min(3, bytes.length);
      },
    );
    output.write("one line\n");
    assert.equal(written, "one line\n");
  });

  it("drops what can't be written, and tells how much once lines go through again", async () => {
    let full = true;
    const lost: number[] = [];
    const output = new LogOutput(
      (count) => lost.push(count),
      (bytes) => {
        if (full) throw new Error("ENOSPC");
        return bytes.length;
      },
    );
    output.write("a\n");
    output.write("b\n");
    full = false;
    output.write("c\n");
    await settle();
    output.write("d\n");
    await settle();
    assert.deepEqual(lost, [2]);
  });

  it("survives a disk that is really full", { skip: process.platform !== "linux" }, () => {
    const full = openSync("/dev/full", "w");
    const output = new LogOutput(
      () => undefined,
      (bytes) => writeSync(full, bytes),
    );
    try {
      const log = createLog({ level: "info", base: {} }, output);
      log.info({ event: "agent.started" }, "nobody reads this");
    } finally {
      closeSync(full);
    }
  });
});
