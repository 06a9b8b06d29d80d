import assert from "node:assert/strict";
import { it } from "node:test";
import { WritePace } from "../../../webhook/provision/WritePace.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";

it("five hundred writes begin within thirty seconds, five within a quarter of one, and never more than 20 in any second", async () => {
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
  await clock.advance(250);
  await five;
  assert.equal(begun.length, 5);
  // A pause saves nothing up.
  await clock.advance(10_000);
  const hundreds = Array.from({ length: 8 }, async () => write(63));
  await clock.advance(29_000);
  await Promise.all(hundreds);
  assert.ok(begun.length >= 505, `${begun.length}`);
  for (const start of begun)
    assert.ok(begun.filter((at) => at >= start && at < start + 1000).length <= 20, `from ${start}`);
});
