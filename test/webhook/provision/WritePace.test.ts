import assert from "node:assert/strict";
import { it } from "node:test";
import { WritePace } from "../../../webhook/provision/WritePace.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";

it("five hundred writes begin within thirty seconds, five at once, and never more than 40 in a second", async () => {
  const clock = new VirtualClock();
  const pace = new WritePace(clock);
  const { signal } = new AbortController();
  const begun: number[] = [];
  const write = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await pace.next(signal);
      begun.push(clock.monotonic());
    }
  };
  const five = write(5);
  await clock.advance(0);
  await five;
  assert.deepEqual(begun, [0, 0, 0, 0, 0]);
  const hundreds = [write(250), write(250)];
  await clock.advance(30_000);
  await Promise.all(hundreds);
  assert.equal(begun.length, 505);
  for (const start of begun)
    assert.ok(begun.filter((at) => at >= start && at < start + 1000).length <= 40, `from ${start}`);
  const later = begun.filter((at) => at >= 5_000 && at < 15_000).length / 10;
  assert.ok(later <= 20, `${later} a second`);
});
