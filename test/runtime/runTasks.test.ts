import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runTasks, type Task } from "../../runtime/runTasks.ts";

const untilAborted: Task = (signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });

describe("tasks side by side", () => {
  it("all end, without an error, when the signal aborts", async () => {
    const ending = new AbortController();
    const ended = runTasks({ one: untilAborted, two: untilAborted }, ending.signal);
    ending.abort();
    await ended;
  });

  it("all end when one fails, and its error is the one that comes out", async () => {
    let told = false;
    const other: Task = (signal) => untilAborted(signal).finally(() => (told = true));
    const failing: Task = () => Promise.reject(new Error("broken"));
    await assert.rejects(runTasks({ other, failing }, new AbortController().signal), /broken/);
    assert.equal(told, true);
  });

  it("a task that ends unasked is an error that names it", async () => {
    const short: Task = () => Promise.resolve();
    await assert.rejects(
      runTasks({ short, other: untilAborted }, new AbortController().signal),
      /the short loop/,
    );
  });
});
