import { escapeXml } from "../../cli/graph/escapeXml.ts";
import { lineColors } from "./dashboardStyle.ts";
import type { DrawnPanel } from "./drawDashboard.ts";
import { formatValue } from "./formatValue.ts";
import type { PanelArea } from "./PanelArea.ts";
import type { PanelSeries } from "./queryPanel.ts";
import { drawTimeAxis, placeTime } from "./timeAxis.ts";

const ticks = 4;
const characterWidth = 6.6;
const lineHeight = 15;

/** 1, 2 or 5 of a power of ten. */
function stepOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(highest / ticks));
  return ([1, 2, 5, 10].find((factor) => factor * power * ticks >= highest * 0.999) ?? 10) * power;
}

function drawGrid(area: PanelArea, step: number, unit: string): string {
  return Array.from({ length: ticks + 1 }, (_, index) => {
    const y = area.y + area.height - (index * area.height) / ticks;
    return `<line class="grid" x1="${area.x}" y1="${y}" x2="${area.x + area.width}" y2="${y}"/><text class="quiet end" x="${area.x - 6}" y="${y + 4}">${formatValue(index * step, unit)}</text>`;
  }).join("\n");
}

/** One path of a series; it is interrupted where there are no values, and a value alone is a dot. */
function drawLine(
  area: PanelArea,
  { values }: PanelSeries,
  times: readonly number[],
  scale: { readonly top: number; readonly color: number },
): string {
  let path = "";
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    const x = placeTime(area, times, times[index] ?? 0);
    const y = Math.round((area.y + area.height * (1 - value / scale.top)) * 10) / 10;
    path += values[index - 1] === undefined ? `M${x} ${y}h0.1` : `L${x} ${y}`;
  }
  return `<path class="s${scale.color} series" d="${path}"/>`;
}

/** Entries side by side, in as many lines as it takes. */
function layLegend(series: readonly PanelSeries[], width: number): readonly { x: number; line: number }[] {
  let [x, line] = [0, 0];
  return series.map(({ legend }) => {
    const room = legend.length * characterWidth + 30;
    if (x > 0 && x + room > width) [x, line] = [0, line + 1];
    const place = { x, line };
    x += room;
    return place;
  });
}

export function drawTimeSeries(
  { x, y, width, height }: PanelArea,
  { panel, series }: DrawnPanel,
  times: readonly number[],
): string {
  const { unit } = panel.fieldConfig.defaults;
  const places = layLegend(series, width);
  const legendHeight = ((places.at(-1)?.line ?? 0) + 1) * lineHeight;
  const area = { x: x + 44, y: y + 4, width: width - 48, height: height - legendHeight - 24 };
  const highest = Math.max(
    0,
    ...series.flatMap(({ values }) => values.filter((value) => value !== undefined)),
  );
  const step = stepOf(highest || ticks);
  const legend = series.map((each, index) => {
    const place = places[index] ?? { x: 0, line: 0 };
    const bottom = y + height - legendHeight + (place.line + 1) * lineHeight;
    return `<rect class="s${index % lineColors}" x="${x + place.x}" y="${bottom - 8}" width="12" height="3"/><text class="quiet" x="${x + place.x + 17}" y="${bottom - 3}">${escapeXml(each.legend)}</text>`;
  });
  return [
    drawGrid(area, step, unit),
    drawTimeAxis(area, times),
    ...series.map((each, index) =>
      drawLine(area, each, times, { top: step * ticks, color: index % lineColors }),
    ),
    ...legend,
  ].join("\n");
}
