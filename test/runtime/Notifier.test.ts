import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Notifier } from "../../runtime/Notifier.ts";
import { VirtualClock } from "./VirtualClock.ts";

const forever = new AbortController().signal;

describe("a notifier", () => {
  it("keeps a notification that came while nobody waited, once however many came", async () => {
    const clock = new VirtualClock();
    const notifier = new Notifier();
    notifier.notify();
    notifier.notify();
    await notifier.wait(clock, 1000, forever);
    let woken = false;
    const second = notifier.wait(clock, 1000, forever).then(() => (woken = true));
    await clock.advance(999);
    assert.equal(woken, false);
    await clock.advance(1);
    await second;
  });

  it("wakes its waiter before the time is over", async () => {
    const clock = new VirtualClock();
    const notifier = new Notifier();
    const waiting = notifier.wait(clock, 60_000, forever);
    notifier.notify();
    await waiting;
    assert.equal(clock.monotonic(), 0);
  });

  it("rejects with the reason of the signal, and serves the next waiter after that", async () => {
    const clock = new VirtualClock();
    const notifier = new Notifier();
    const ending = new AbortController();
    const waiting = notifier.wait(clock, 60_000, ending.signal);
    ending.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
    notifier.notify();
    await notifier.wait(clock, 1000, forever);
  });
});
