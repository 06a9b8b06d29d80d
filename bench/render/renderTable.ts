import type { Figure } from "../Figure.ts";
import { summarize } from "../measure/summarize.ts";

const heads = ["part", "what", "of", "median", "least to most", "times", "bar", "aim", "verdict"];

/** Three digits that count. */
function digits(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** What the median comes to against bar and aim; nothing where there is no bar. */
function verdict({ bar, aim, limits }: Figure, median: number): string {
  const reaches = (limit: number): boolean => (limits === "at least" ? median >= limit : median <= limit);
  if (bar === undefined) return "";
  if (aim !== undefined && reaches(aim)) return "aim";
  return reaches(bar) ? "bar" : "MISSED";
}

/** All figures as one table in Markdown, columns aligned. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { median, least, most, count } = summarize(figure.values);
    const limit = (value: number | undefined): string => (value === undefined ? "" : digits(value));
    return [
      figure.part,
      figure.at === undefined ? figure.what : `${figure.what}, ${figure.at} validators`,
      figure.of,
      `${digits(median)} ${figure.unit}`,
      `${digits(least)} to ${digits(most)}`,
      String(count),
      limit(figure.bar),
      limit(figure.aim),
      verdict(figure, median),
    ];
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
