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
  scrapes.take(60, await registry.metrics(), { namespace: "own" });
  return scrapes;
}

/** One target's scrapes, 30 s apart from 0 on. */
function scrapedEach30s(...texts: readonly string[]): Scrapes {
  const scrapes = new Scrapes();
  for (const [index, text] of texts.entries()) scrapes.take(index * 30, text, { pod: "p" });
  return scrapes;
}

function labelsOf(expression: string, scrapes: Scrapes, at: number): readonly unknown[] {
  return evaluate(expression, scrapes, at).map(({ labels }) => labels);
}

function valuesOf(expression: string, scrapes: Scrapes, at: number): readonly number[] {
  return evaluate(expression, scrapes, at).map(({ value }) => value);
}

describe("the evaluator of alerts and panels", () => {
  it("compares series, and keeps a metric's own label beside the target's", async () => {
    const scrapes = await scraped(["a", 1], ["b", 0]);
    assert.deepEqual(labelsOf("stellar_x > 0", scrapes, 60), [{ exported_namespace: "a", namespace: "own" }]);
    assert.deepEqual(labelsOf("max(stellar_x) == 0", scrapes, 60), []);
    assert.deepEqual(labelsOf("max(stellar_x) == 1", scrapes, 60), [{}]);
    assert.deepEqual(labelsOf("sum by (namespace) (stellar_x) > 0", scrapes, 60), [{ namespace: "own" }]);
    assert.deepEqual(labelsOf('stellar_x{exported_namespace!="a"}', scrapes, 60), [
      { exported_namespace: "b", namespace: "own" },
    ]);
  });

  it("forgets what is scraped no more, and remembers within a range", async () => {
    const scrapes = await scraped(["a", 1]);
    assert.equal(evaluate("stellar_x > 0", scrapes, 359).length, 1);
    assert.equal(evaluate("stellar_x > 0", scrapes, 360).length, 0);
    assert.equal(evaluate("max_over_time(stellar_x[10m]) > 0", scrapes, 600).length, 1);
    assert.equal(evaluate("max_over_time(stellar_x[10m]) > 0", scrapes, 660).length, 0);
    assert.deepEqual(labelsOf('absent(stellar_x{namespace="own"})', scrapes, 60), []);
    assert.deepEqual(labelsOf('absent(stellar_x{namespace="own"})', scrapes, 360), [{ namespace: "own" }]);
    scrapes.take(90, undefined, { namespace: "own" });
    assert.equal(evaluate("stellar_x", scrapes, 90).length, 0, "its target does not answer");
  });

  it("adds up over targets, counts, and has `or` for what is missing", () => {
    const scrapes = scrapedEach30s('m{s="a"} 3\nm{s="b"} 1\n');
    scrapes.take(0, 'm{s="a"} 2\n', { pod: "q" });
    assert.deepEqual(valuesOf('sum(m{s="a"}) - sum(m{s="b"})', scrapes, 0), [4]);
    assert.deepEqual(valuesOf("count(m == 2)", scrapes, 0), [1]);
    assert.deepEqual(valuesOf("count(m == 9) or vector(0)", scrapes, 0), [0]);
    assert.deepEqual(valuesOf("(max(m) + min(m)) * 2", scrapes, 0), [8]);
    assert.deepEqual(valuesOf('m{s="a"} - ignoring(s) m{s="b"}', scrapes, 0), [2]);
  });

  it("keeps of two series that it compares the labels that both have", () => {
    const scrapes = scrapedEach30s('m{s="a"} 2\nm{s="b"} 1\n');
    assert.deepEqual(labelsOf('m{s="b"} < ignoring(s) m{s="a"}', scrapes, 0), [{ pod: "p" }]);
    assert.deepEqual(labelsOf('m{s="a"} < ignoring(s) m{s="b"}', scrapes, 0), []);
  });

  it("has a counter's growth as Prometheus extrapolates it, restarts among it", () => {
    const scrapes = scrapedEach30s("c 10", "c 12", "c 1", "c 4");
    // Grew by 2, 1 and 3 in 90 s; the range's start is 30 s before the first point, its end is the last.
    assert.deepEqual(valuesOf("increase(c[2m])", scrapes, 90), [6 * (120 / 90)]);
    assert.deepEqual(valuesOf("rate(c[2m])", scrapes, 90), [(6 * (120 / 90)) / 120]);
    assert.deepEqual(
      valuesOf("increase(c[10m])", scrapes, 90),
      [6 * (105 / 90)],
      "half a step, not the whole range",
    );
    assert.deepEqual(valuesOf("increase(c[30s])", scrapes, 90), [], "one point says nothing");
  });

  it("has quantiles as Prometheus interpolates them", () => {
    const scrapes = scrapedEach30s('h_bucket{le="1"} 2\nh_bucket{le="2"} 6\nh_bucket{le="+Inf"} 8\n');
    assert.deepEqual(valuesOf("histogram_quantile(0.5, h_bucket)", scrapes, 0), [1.5]);
    assert.deepEqual(valuesOf("histogram_quantile(0.25, h_bucket)", scrapes, 0), [1]);
    assert.deepEqual(valuesOf("histogram_quantile(0.99, h_bucket)", scrapes, 0), [2]);
  });

  it("refuses what it does not know", async () => {
    const scrapes = await scraped();
    for (const unknown of [
      "irate(stellar_x[5m]) > 0",
      "rate(stellar_x)",
      "rate(stellar_x[$__rate_interval])",
      "stellar_x[5m] > 0",
      "a and b",
      'a{b=~"c"}',
      "a offset 5m",
    ])
      assert.throws(() => evaluate(unknown, scrapes, 60), SyntaxError, unknown);
  });
});
