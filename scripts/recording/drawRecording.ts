import { escapeXml } from "../../cli/graph/escapeXml.ts";

/** One line of a program's output. */
export interface RecordedLine {
  readonly text: string;
  /** Seconds since it began. */
  readonly at: number;
}

const lineHeight = 17;
const characterWidth = 7.4;
const margin = 16;
/** Lines that are seen at once; older ones scroll off. */
const rows = 24;
/** The longest pause that is played, and how long the end stays, in seconds. */
const longestPause = 1.5;
const rest = 8;

const style = `
  .ground { fill: #f6f8fa; stroke: #d0d7de }
  text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre }
  .step { font-weight: 700 }
  .held { fill: #116329 }
  .failed { fill: #a40e26 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #30363d }
    text { fill: #e6edf3 }
    .held { fill: #56d364 }
    .failed { fill: #ff7b72 }
  }`;

function classOf(text: string): string {
  if (/^\s*\d+\. .*\bheld\b/.test(text) || /^\s+held after|^All /.test(text)) return ' class="held"';
  if (/FAILED|failed after|DID NOT HOLD/.test(text)) return ' class="failed"';
  return /^\s*\d+\. /.test(text) ? ' class="step"' : "";
}

/** When each line is shown: as it came, but without the pauses that nobody wants to wait for. */
function playTimes(lines: readonly RecordedLine[]): readonly number[] {
  let time = 0;
  return lines.map(({ at }, index) => {
    time += Math.min(longestPause, at - (lines[index - 1]?.at ?? at));
    return time;
  });
}

/** Steps of a scrolling window: a keyframe each time a line comes that does not fit. */
function scrollFrames(times: readonly number[], length: number): string {
  const frames = times.flatMap((time, index) =>
    index < rows
      ? []
      : [
          `${((time / length) * 100).toFixed(2)}% { transform: translateY(-${(index - rows + 1) * lineHeight}px) }`,
        ],
  );
  return ["0% { transform: translateY(0) }", ...frames].join(" ");
}

/**
 * A program's output as an SVG that plays it again and again, without any script; where animations are switched off or
 * not known, and on paper, its end stands still. Pauses are cut to 1.5 s.
 */
export function drawRecording(lines: readonly RecordedLine[]): string {
  const times = playTimes(lines);
  const length = (times.at(-1) ?? 0) + rest;
  const columns = Math.max(60, ...lines.map(({ text }) => text.length));
  const width = Math.ceil(columns * characterWidth) + 2 * margin;
  const height = rows * lineHeight + 2 * margin;
  const offset = Math.max(0, lines.length - rows) * lineHeight;
  const shown = lines
    .map(({ text }, index) => {
      const from = (((times[index] ?? 0) / length) * 100).toFixed(2);
      const y = (index + 1) * lineHeight - 4;
      return text.trim() === ""
        ? ""
        : `<g class="line" style="--i:l${index}"><text x="0" y="${y}"${classOf(text)}>${escapeXml(text)}</text></g>\n<style>@media (prefers-reduced-motion: no-preference) { @keyframes l${index} { 0% { opacity: 0 } ${from}% { opacity: 1 } } }</style>\n`;
    })
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What npm run demo prints">
<style>${style}
  .window { transform: translateY(-${offset}px) }
  @media screen and (prefers-reduced-motion: no-preference) {
    .window { animation: scroll ${length.toFixed(1)}s step-end infinite }
    .line { animation: var(--i) ${length.toFixed(1)}s step-end infinite }
  }
  @keyframes scroll { ${scrollFrames(times, length)} }
</style>
<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
<svg x="${margin}" y="${margin}" width="${width - 2 * margin}" height="${rows * lineHeight}"><g class="window">
${shown}</g></svg>
</svg>
`;
}
