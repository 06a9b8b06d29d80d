import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Gauge, Registry } from "prom-client";
import { evaluate } from "./evaluate.ts";
import { Scrapes } from "./Scrapes.ts";

async function scraped(...values: readonly (readonly [string, number])[]): Promise<Scrapes> {
  const registry = new Registry();
  const gauge = new Gauge({ name: "stellar_x", help: "x", labelNames: ["namespace"], registers: [registry] });
  for (const [namespace, value] of values) gauge.set({ namespace }, value);
  const scrapes = new Scrapes();
  await scrapes.take(60, registry, { namespace: "own" });
  return scrapes;
}

describe("the evaluator of alerts", () => {
  it("compares series, and keeps a metric's own label beside the target's", async () => {
    const scrapes = await scraped(["a", 1], ["b", 0]);
    assert.deepEqual(evaluate("stellar_x > 0", scrapes, 60), [{ exported_namespace: "a", namespace: "own" }]);
    assert.deepEqual(evaluate("max(stellar_x) == 0", scrapes, 60), []);
    assert.deepEqual(evaluate("max(stellar_x) == 1", scrapes, 60), [{}]);
    assert.deepEqual(evaluate("sum by (namespace) (stellar_x) > 0", scrapes, 60), [{ namespace: "own" }]);
  });

  it("forgets what is scraped no more, and remembers within a range", async () => {
    const scrapes = await scraped(["a", 1]);
    assert.equal(evaluate("stellar_x > 0", scrapes, 359).length, 1);
    assert.equal(evaluate("stellar_x > 0", scrapes, 360).length, 0);
    assert.equal(evaluate("max_over_time(stellar_x[10m]) > 0", scrapes, 600).length, 1);
    assert.equal(evaluate("max_over_time(stellar_x[10m]) > 0", scrapes, 660).length, 0);
    assert.deepEqual(evaluate('absent(stellar_x{namespace="own"})', scrapes, 60), []);
    assert.deepEqual(evaluate('absent(stellar_x{namespace="own"})', scrapes, 360), [{ namespace: "own" }]);
  });

  it("refuses what it does not know", async () => {
    const scrapes = await scraped();
    for (const unknown of [
      "increase(stellar_x[5m]) > 0",
      "rate(stellar_x[5m])",
      "stellar_x[5m] > 0",
      "a and b",
    ])
      assert.throws(() => evaluate(unknown, scrapes, 60), SyntaxError, unknown);
  });
});
