import assert from "node:assert/strict";
import { it } from "node:test";
import { drawLines } from "../../../bench/render/drawLines.ts";
import { LogScale } from "../../../bench/render/LogScale.ts";
import { spreadLabels } from "../../../bench/render/spreadLabels.ts";

const growing = { name: "a <line>", points: [{ x: 1, y: 10 }, { x: 10, y: 100 }, { x: 100, y: 1000 }] }; // prettier-ignore

it("on axes that are logarithms what grows as a power is straight", () => {
  const svg = drawLines("Growth", "number", [{ title: "Cost", lines: [growing] }]);
  const [, points = ""] = /<polyline [^>]*points="([^"]*)"/.exec(svg) ?? [];
  const [first, second, third] = points.split(" ").map((point) => point.split(",").map(Number));
  assert.ok(first?.[0] && first[1] && second?.[0] && second[1] && third?.[0] && third[1], points);
  assert.ok(Math.abs(second[0] - first[0] - (third[0] - second[0])) < 0.2, points);
  assert.ok(Math.abs(second[1] - first[1] - (third[1] - second[1])) < 0.2, points);
  assert.ok(third[0] > first[0] && third[1] < first[1], points);
});

it("names are escaped, and there are colours for dark pages", () => {
  const svg = drawLines("Growth", "number", [{ title: "Cost", lines: [growing] }]);
  assert.match(svg, /a &lt;line&gt;/);
  assert.match(svg, /prefers-color-scheme:dark/);
});

it("a zero has no place on such an axis and is left out", () => {
  const points = [...growing.points, { x: 1000, y: 0 }];
  const svg = drawLines("Growth", "number", [{ title: "Cost", lines: [{ name: "cost", points }] }]);
  assert.equal(svg.match(/<circle /g)?.length, 3);
  assert.doesNotMatch(svg, /NaN|Infinity/);
});

it("nothing but zeros is an error, not an empty chart", () => {
  const lines = [{ name: "cost", points: [{ x: 1, y: 0 }] }];
  assert.throws(() => drawLines("Growth", "number", [{ title: "Cost", lines }]), /nothing to draw/);
});

it("a limit is on the chart although no value comes near it", () => {
  const limit = { name: "no more", y: 1e9 };
  const svg = drawLines("Growth", "number", [{ title: "Cost", lines: [growing], limit }]);
  const [, y] = /class="limit" [^>]*y1="([\d.]+)"/.exec(svg) ?? [];
  assert.ok(Number(y) > 34 && Number(y) < 206, `${y}`);
});

it("ticks are 1, 2 and 5 times the powers of ten, or the powers alone where there are many", () => {
  assert.deepEqual(new LogScale(3, 60, 0, 1).ticks(), [5, 10, 20, 50]);
  assert.deepEqual(new LogScale(1, 10_000, 0, 1).ticks(), [1, 10, 100, 1000, 10_000]);
});

it("labels are kept apart in the order of their lines", () => {
  const placed = spreadLabels([100, 20, 101, 99], 10);
  const sorted = [...placed].sort((one, other) => one - other);
  assert.ok(sorted.every((position, index) => index === 0 || position - (sorted[index - 1] ?? 0) >= 10));
  assert.deepEqual([1, 3, 0, 2].map((index) => placed[index]), sorted); // prettier-ignore
});
