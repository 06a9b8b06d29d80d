import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DeadlineError } from "../../runtime/DeadlineError.ts";
import { withDeadline } from "../../runtime/withDeadline.ts";
import { VirtualClock } from "./VirtualClock.ts";

const forever = new AbortController().signal;

describe("a deadline", () => {
  it("gives what the work gives in time, and leaves no sleeper behind", async () => {
    const clock = new VirtualClock();
    assert.equal(await withDeadline(clock, 1000, forever, () => Promise.resolve(7)), 7);
    await clock.advance(2000);
  });

  it("ends work that does not even listen", async () => {
    const clock = new VirtualClock();
    const ended = assert.rejects(
      withDeadline(clock, 1000, forever, () => new Promise(() => undefined)),
      (error) => error instanceof DeadlineError && error.milliseconds === 1000,
    );
    await clock.advance(1000);
    await ended;
  });

  it("aborts the work's signal, so that it can clean up", async () => {
    const clock = new VirtualClock();
    let reason: unknown;
    const ended = assert.rejects(
      withDeadline(clock, 5, forever, (signal) => {
        signal.addEventListener("abort", () => (reason = signal.reason), { once: true });
        return new Promise(() => undefined);
      }),
    );
    await clock.advance(5);
    await ended;
    assert.ok(reason instanceof DeadlineError);
  });

  it("rejects with the caller's reason when the caller aborts first", async () => {
    const ending = new AbortController();
    const ended = assert.rejects(
      withDeadline(new VirtualClock(), 1000, ending.signal, () => new Promise(() => undefined)),
      /enough/,
    );
    ending.abort(new Error("enough"));
    await ended;
  });
});
