import { escapeXml } from "../../cli/graph/escapeXml.ts";
import type { Dashboard, Panel } from "./Dashboard.ts";
import { dashboardStyle } from "./dashboardStyle.ts";
import { drawStat } from "./drawStat.ts";
import { drawStateTimeline } from "./drawStateTimeline.ts";
import { drawTimeSeries } from "./drawTimeSeries.ts";
import type { PanelArea } from "./PanelArea.ts";
import type { PanelSeries } from "./queryPanel.ts";

/** Pixels of the grid that Grafana lays panels on. */
const column = 41;
const row = 26;
const gap = 8;
const margin = 12;
const titleHeight = 30;

export interface DrawnPanel {
  readonly panel: Panel;
  readonly series: readonly PanelSeries[];
}

const drawings: Readonly<
  Record<string, (area: PanelArea, panel: DrawnPanel, times: readonly number[]) => string>
> = {
  stat: drawStat,
  timeseries: drawTimeSeries,
  "state-timeline": drawStateTimeline,
};

function drawPanel(drawn: DrawnPanel, times: readonly number[]): string {
  const { gridPos, title, type, description } = drawn.panel;
  const draw = drawings[type];
  if (!draw) throw new Error(`${title}: no way to draw a ${type}`);
  const [width, height] = [gridPos.w * column - gap, gridPos.h * row - gap];
  const area = { x: 12, y: 32, width: width - 24, height: height - 42 };
  return [
    `<g transform="translate(${margin + gridPos.x * column} ${margin + titleHeight + gridPos.y * row})">`,
    `<title>${escapeXml(`${title}: ${description}`)}</title>`,
    `<rect class="panel" width="${width}" height="${height}" rx="4"/>`,
    `<text class="name" x="12" y="21">${escapeXml(title)}</text>`,
    drawn.series.length > 0 || type === "state-timeline"
      ? draw(area, drawn, times)
      : `<text class="quiet middle" x="${width / 2}" y="${height / 2 + 8}">no data</text>`,
    "</g>",
  ].join("\n");
}

/** A dashboard with what its queries answered at these times (seconds from its beginning), as an SVG that stands by itself. */
export function drawDashboard(
  { title }: Dashboard,
  panels: readonly DrawnPanel[],
  times: readonly number[],
): string {
  const rows = Math.max(...panels.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h));
  const [width, height] = [24 * column - gap + 2 * margin, titleHeight + rows * row - gap + 2 * margin];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}: the dashboard">`,
    `<style>${dashboardStyle}</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    `<text class="title" x="${margin}" y="${margin + 16}">${escapeXml(title)}</text>`,
    ...panels.map((panel) => drawPanel(panel, times)),
    "</svg>",
    "",
  ].join("\n");
}
