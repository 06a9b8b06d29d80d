import { escapeXml } from "../../cli/graph/escapeXml.ts";
import type { LinePanel, PlotLine } from "./LinePanel.ts";
import { LogScale } from "./LogScale.ts";
import { spreadLabels } from "./spreadLabels.ts";

const [width, height, top] = [440, 250, 44];
const inner = { left: 52, right: 300, top: 34, bottom: 206 };
/** Told apart also without colour, by their dashes. */
const dashes = ["", "7 3", "2 3", "9 3 2 3"];

const style = `text{fill:#343a40}.grid{stroke:#dee2e6}.limit{stroke:#c92a2a}.limitText{fill:#c92a2a}
.c0{--c:#0b7285}.c1{--c:#d9480f}.c2{--c:#5f3dc4}.c3{--c:#2b8a3e}.line{stroke:var(--c);fill:none;stroke-width:2}.dot,text.c0,text.c1,text.c2,text.c3{fill:var(--c)}
@media (prefers-color-scheme:dark){text{fill:#dee2e6}.grid{stroke:#495057}.limit{stroke:#ff8787}.limitText{fill:#ff8787}
.c0{--c:#3bc9db}.c1{--c:#ffa94d}.c2{--c:#b197fc}.c3{--c:#8ce99a}}`;

function number(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1e3 ? `${value / 1e3}k` : String(Number(value.toPrecision(3)));
}

function positive({ points }: PlotLine): PlotLine["points"] {
  return points.filter(({ x, y }) => x > 0 && y > 0);
}

/** Half as much room again below the least and above the most. */
function scales({ lines, limit }: LinePanel): { readonly x: LogScale; readonly y: LogScale } {
  const points = lines.flatMap((line) => positive(line));
  if (points.length === 0) throw new Error("there is nothing to draw");
  const ys = [...points.map(({ y }) => y), ...(limit ? [limit.y] : [])];
  const xs = points.map(({ x }) => x);
  return {
    x: new LogScale(Math.min(...xs), Math.max(...xs), inner.left, inner.right),
    y: new LogScale(Math.min(...ys) / 1.5, Math.max(...ys) * 1.5, inner.bottom, inner.top),
  };
}

function drawPanel(panel: LinePanel, index: number): string {
  const { x, y } = scales(panel);
  const xs = [...new Set(panel.lines.flatMap((line) => positive(line).map((point) => point.x)))];
  const ends = panel.lines.map((line) => y.at(positive(line).at(-1)?.y ?? y.least));
  const labels = spreadLabels(ends, 14);
  const at = (value: number): string => value.toFixed(1);
  const parts = [
    `<g transform="translate(${(index % 2) * width} ${top + Math.floor(index / 2) * height})">`,
    `<text x="8" y="20" font-weight="bold">${escapeXml(panel.title)}</text>`,
    ...y.ticks().flatMap((tick) => [
      `<line class="grid" x1="${inner.left}" x2="${inner.right}" y1="${at(y.at(tick))}" y2="${at(y.at(tick))}"/>`,
      `<text x="${inner.left - 6}" y="${at(y.at(tick) + 4)}" text-anchor="end">${number(tick)}</text>`,
    ]),
    ...xs.map((tick) => `<text x="${at(x.at(tick))}" y="${inner.bottom + 18}" text-anchor="middle">${number(tick)}</text>`),
    ...panel.lines.flatMap((line, place) => drawLine(line, place, { x, y }, labels[place] ?? 0)),
  ]; // prettier-ignore
  if (panel.limit)
    parts.push(
      `<line class="limit" x1="${inner.left}" x2="${inner.right}" y1="${at(y.at(panel.limit.y))}" y2="${at(y.at(panel.limit.y))}"/>`,
      `<text class="limitText" x="${inner.left + 4}" y="${at(y.at(panel.limit.y) - 4)}">${escapeXml(panel.limit.name)}</text>`,
    );
  return [...parts, "</g>"].join("\n");
}

function drawLine(
  line: PlotLine,
  place: number,
  { x, y }: { readonly x: LogScale; readonly y: LogScale },
  label: number,
): string[] {
  const points = positive(line).map((point) => [x.at(point.x).toFixed(1), y.at(point.y).toFixed(1)] as const);
  const colour = `c${place % 4}`;
  return [
    `<polyline class="line ${colour}" stroke-dasharray="${dashes[place % 4] ?? ""}" points="${points.map((point) => point.join(",")).join(" ")}"/>`,
    ...points.map(([cx, cy]) => `<circle class="dot ${colour}" cx="${cx}" cy="${cy}" r="2.5"/>`),
    `<text class="${colour}" x="${inner.right + 8}" y="${(label + 4).toFixed(1)}">${escapeXml(line.name)}</text>`,
  ];
}

/** Lines over axes that are logarithms, an SVG for light and dark pages alike. The same panels give the same bytes. */
export function drawLines(title: string, below: string, panels: readonly LinePanel[]): string {
  const rows = Math.ceil(panels.length / 2);
  const bottom = top + rows * height;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * width} ${bottom + 8}" font-family="sans-serif" font-size="12" role="img">
<title>${escapeXml(title)}</title>
<style>${style}</style>
<text x="8" y="22" font-size="14">${escapeXml(title)}</text>
${panels.map((panel, index) => drawPanel(panel, index)).join("\n")}
<text x="${inner.left}" y="${bottom - 8}">${escapeXml(below)}</text>
</svg>
`;
}
