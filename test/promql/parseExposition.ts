import type { Sample } from "./Sample.ts";

const line = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const escapes: Readonly<Record<string, string>> = { "\\n": "\n", '\\"': '"', "\\\\": "\\" };
const special: Readonly<Record<string, number>> = { "+Inf": Infinity, "-Inf": -Infinity, Nan: NaN, NaN };

/**
 * Prometheus's text format, as a scrape reads it.
 * @throws SyntaxError for a line that is neither a comment nor a sample
 */
export function parseExposition(text: string): readonly Sample[] {
  return text.split("\n").flatMap((each) => {
    if (each === "" || each.startsWith("#")) return [];
    const groups = line.exec(each)?.groups;
    if (!groups?.["name"]) throw new SyntaxError(`no sample: ${each}`);
    const { name, labels = "", value = "" } = groups;
    const pairs = [...labels.matchAll(label)].map(([, key = "", escaped = ""]) => [
      key,
      escaped.replaceAll(/\\./g, (pair) => escapes[pair] ?? pair),
    ]);
    return [
      { name, labels: Object.fromEntries(pairs) as Sample["labels"], value: special[value] ?? Number(value) },
    ];
  });
}
