import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RetryTimes } from "../../../webhook/provision/RetryTimes.ts";

describe("RetryTimes", () => {
  const random = { next: () => 1 };

  it("has what fails for good tried ever more slowly, every 30 s in the end, and nothing else wait for it", () => {
    const retries = new RetryTimes(random);
    const tries: number[] = [];
    for (let now = 0; now < 120_000; now += 100) {
      assert.ok(retries.isDue("well", now));
      if (!retries.isDue("ill", now)) continue;
      tries.push(now / 1000);
      retries.failed("ill", now);
    }
    assert.deepEqual(tries, [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5]);
  });

  it("waits as long as the server asks", () => {
    const retries = new RetryTimes(random);
    retries.failed("it", 0, 9_000);
    assert.equal(retries.untilNext(1_000), 8_000);
    assert.equal(retries.isDue("it", 8_999), false);
    assert.equal(retries.isDue("it", 9_000), true);
  });

  it("begins anew when it has worked, or when it was no longer to be done", () => {
    const retries = new RetryTimes(random);
    for (const forget of [() => retries.settled("it"), () => retries.keep(new Set(["another"]))]) {
      for (const now of [0, 1_000, 3_000]) retries.failed("it", now);
      assert.equal(retries.untilNext(3_000), 2_000);
      forget();
      assert.equal(retries.untilNext(3_000), Infinity);
      retries.failed("it", 4_000);
      assert.equal(retries.untilNext(4_000), 500);
      retries.settled("it");
    }
  });
});
