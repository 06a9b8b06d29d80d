import type { PanelArea } from "./PanelArea.ts";

const ticks = 5;

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}

/** Where a time stands within an area. */
export function placeTime({ x, width }: PanelArea, times: readonly number[], at: number): number {
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  return Math.round((x + ((at - first) / (last - first)) * width) * 10) / 10;
}

/** Minutes and seconds from the beginning, under an area. */
export function drawTimeAxis(area: PanelArea, times: readonly number[]): string {
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  const step = Math.ceil((last - first) / ticks / 15) * 15;
  const marks: string[] = [];
  for (let at = Math.ceil(first / step) * step; at <= last; at += step)
    marks.push(
      `<text class="quiet middle" x="${placeTime(area, times, at)}" y="${area.y + area.height + 14}">${clockOf(at)}</text>`,
    );
  return marks.join("\n");
}
