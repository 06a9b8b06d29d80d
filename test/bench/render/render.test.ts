import assert from "node:assert/strict";
import { it } from "node:test";
import { drawBars } from "../../../bench/render/drawBars.ts";
import { renderTable } from "../../../bench/render/renderTable.ts";

const agent = {
  part: "agent",
  what: "memory",
  of: "agent",
  unit: "MB",
  values: [80, 90, 70],
  bar: 85,
  aim: 65,
};
const peer = { part: "agent", what: "memory", of: "a <peer>", unit: "MB", values: [40] };

function verdictOf(median: number): string | undefined {
  const row = renderTable([{ ...agent, values: [median] }]).split("\n")[2];
  return row?.split("|").at(-2)?.trim();
}

it("the table has a row a figure, of the same width as its head", () => {
  const lines = renderTable([agent, peer]).split("\n");
  assert.equal(lines.length, 4);
  assert.equal(new Set(lines.map(({ length }) => length)).size, 1);
  assert.match(lines[2] ?? "", /80 MB +\| 70 to 90 +\| 3 /);
});

it("a median is held to the aim first, then to the bar", () => {
  assert.equal(verdictOf(65), "aim");
  assert.equal(verdictOf(85), "bar");
  assert.equal(verdictOf(86), "MISSED");
});

it("where more is better, a median must reach at least aim or bar", () => {
  const calls = { ...agent, bar: 5, aim: 10, limits: "at least" } as const;
  const verdicts = [11, 5, 4].map((value) =>
    renderTable([{ ...calls, values: [value] }])
      .split("|")
      .at(-2),
  );
  assert.deepEqual(verdicts.map((text) => text?.trim()), ["aim", "bar", "MISSED"]); // prettier-ignore
});

it("a peer has no verdict", () => {
  assert.match(renderTable([peer]), /\| +\|$/);
});

it("in the chart bars of one kind share a scale, and names are escaped", () => {
  const svg = drawBars("Memory", [agent, peer]);
  assert.match(svg, /width="260\.0"/);
  assert.match(svg, /width="130\.0"/);
  assert.match(svg, /a &lt;peer&gt;/);
});

it("a chart of zeros has bars of no width", () => {
  assert.match(drawBars("Missed", [{ ...peer, values: [0] }]), /width="0\.0"/);
});
