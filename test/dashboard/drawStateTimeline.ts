import { escapeXml } from "../../cli/graph/escapeXml.ts";
import type { DrawnPanel } from "./drawDashboard.ts";
import type { PanelArea } from "./PanelArea.ts";
import type { PanelSeries } from "./queryPanel.ts";
import { drawTimeAxis, placeTime } from "./timeAxis.ts";

const labelWidth = 330;
const highestRow = 22;

interface Stretch {
  readonly from: number;
  to: number;
  readonly value: number;
}

/** Times next to each other at which a series has the same value; each counts until the next. */
function stretchesOf({ values }: PanelSeries, times: readonly number[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [index, value] of values.entries()) {
    const [from = 0, to = times[index] ?? 0] = [times[index], times[index + 1]];
    if (value === undefined) continue;
    const last = found.at(-1);
    if (last?.to === from && last.value === value) last.to = to;
    else found.push({ from, to, value });
  }
  return found;
}

/** A row for each series, with a bar for as long as it has a value. */
export function drawStateTimeline(
  { x, y, width, height }: PanelArea,
  { series }: DrawnPanel,
  times: readonly number[],
): string {
  const area = { x: x + labelWidth, y, width: width - labelWidth, height: height - 18 };
  const row = Math.min(highestRow, area.height / Math.max(1, series.length));
  const rows = series.map((each, index) => {
    const top = y + index * row;
    const bars = stretchesOf(each, times).map(({ from, to, value }) => {
      const [left, right] = [placeTime(area, times, from), placeTime(area, times, to)];
      const bar = `<rect class="bar" x="${left}" y="${top + 2}" width="${Math.max(1, right - left).toFixed(1)}" height="${(row - 4).toFixed(1)}"/>`;
      return right - left < 14 || row < 14
        ? bar
        : `${bar}<text class="on-bar middle" x="${((left + right) / 2).toFixed(1)}" y="${(top + row / 2 + 3.5).toFixed(1)}">${value}</text>`;
    });
    return `<text class="quiet end" x="${area.x - 8}" y="${(top + row / 2 + 4).toFixed(1)}">${escapeXml(each.legend)}</text>${bars.join("")}`;
  });
  const bottom = area.y + area.height;
  return [
    `<line class="grid" x1="${area.x}" y1="${bottom}" x2="${area.x + area.width}" y2="${bottom}"/>`,
    ...rows,
    drawTimeAxis(area, times),
  ].join("\n");
}
