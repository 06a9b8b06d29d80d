import type { DrawnPanel } from "./drawDashboard.ts";
import { formatValue } from "./formatValue.ts";
import type { PanelArea } from "./PanelArea.ts";

/** The last value, in the color of its threshold. */
export function drawStat({ x, y, width, height }: PanelArea, { panel, series }: DrawnPanel): string {
  const { thresholds, unit } = panel.fieldConfig.defaults;
  const value = series[0]?.values.findLast((each) => each !== undefined) ?? NaN;
  const color = thresholds?.steps.findLast((step) => step.value === null || value >= step.value)?.color ?? "";
  return `<text class="big middle ${color}" x="${x + width / 2}" y="${y + height / 2 + 12}">${formatValue(value, unit)}</text>`;
}
