import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import type { GeneratedFile } from "./GeneratedFile.ts";
import { readValues, type ChartValue } from "./readValues.ts";

const source = "charts/stellar-peer-discovery/values.yaml";
const path = "charts/stellar-peer-discovery/README.md";
const begin = "<!-- values: written by `npm run generate` from the comments in values.yaml -->";
const end = "<!-- end of values -->";

function row({ path: name, fallback, comment }: ChartValue): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
  return `| \`${name}\` | ${fallback === "" ? "" : `\`${cell(fallback)}\``} | ${cell(comment)} |`;
}

/** The chart's README with its table of values. Throws when the README has no place for it, or a value no comment. */
export async function generateValuesTable(): Promise<readonly GeneratedFile[]> {
  const readme = await readFile(path, "utf8");
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no lines "${begin}" and "${end}"`);
  const values = readValues(await readFile(source, "utf8"));
  const undocumented = values.filter(({ comment }) => comment === "").map((value) => value.path);
  if (undocumented.length > 0) throw new Error(`${source} says nothing of ${undocumented.join(", ")}`);
  const rows = values.map(row);
  const table = ["| value | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
  const text = `${readme.slice(0, from)}${begin}\n\n${table}\n\n${readme.slice(to)}`;
  const content = await format(text, { ...(await resolveConfig(path)), parser: "markdown" });
  return [{ path, source, content }];
}
