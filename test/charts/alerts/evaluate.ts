import type { Sample } from "./Sample.ts";
import type { Scrapes } from "./Scrapes.ts";

type Labels = Readonly<Record<string, string>>;

interface Operand {
  readonly fold: string | undefined;
  readonly by: readonly string[];
  readonly name: string;
  readonly selector: Labels;
  /** Seconds of `[5m]`; undefined for the newest value. */
  readonly range: number | undefined;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "==": (a, b) => a === b,
};

const names = String.raw`[a-z_]+(?:\s*,\s*[a-z_]+)*`;
const operandForm = new RegExp(
  String.raw`^(?:(?<fold>max_over_time|absent|max|sum)\s*(?:by\s*\((?<by>${names})\))?\s*\()?` +
    String.raw`(?<name>stellar_[a-z_]+)(?:\{(?<selector>[^}]*)\})?(?:\[(?<range>\d+)m\])?\)?$`,
);
const comparisonForm = new RegExp(
  String.raw`^(?<left>.+?)\s+(?<operator>>|<|==)\s+(?:ignoring\((?<ignored>${names})\)\s+)?(?<right>.+)$`,
);

function listed(text: string | undefined): readonly string[] {
  return text?.split(",").map((name) => name.trim()) ?? [];
}

/** What this evaluator does not know is an error, never an empty result. */
function readOperand(text: string): Operand {
  const groups = operandForm.exec(text.trim())?.groups;
  if (!groups?.["name"]) throw new SyntaxError(`not understood: ${text}`);
  const pairs = [...(groups["selector"] ?? "").matchAll(/([a-z_]+)="([^"]*)"/g)];
  return {
    fold: groups["fold"],
    by: listed(groups["by"]),
    name: groups["name"],
    selector: Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, value])),
    range: groups["range"] === undefined ? undefined : Number(groups["range"]) * 60,
  };
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function without(labels: Labels, ignored: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !ignored.includes(key)));
}

function aggregate({ fold, by, name }: Operand, samples: readonly Sample[]): readonly Sample[] {
  const groups = new Map<string, Sample>();
  for (const { labels, value } of samples) {
    const kept = Object.fromEntries(by.flatMap((key) => (labels[key] ? [[key, labels[key]]] : [])));
    const before = groups.get(keyOf(kept))?.value;
    const next = before === undefined ? value : fold === "sum" ? before + value : Math.max(before, value);
    groups.set(keyOf(kept), { name, labels: kept, value: next });
  }
  return [...groups.values()];
}

function evaluateOperand(text: string, scrapes: Scrapes, at: number): readonly Sample[] {
  const operand = readOperand(text);
  const { fold, name, range, selector } = operand;
  if ((fold === "max_over_time") !== (range !== undefined)) throw new SyntaxError(`not understood: ${text}`);
  const all = range === undefined ? scrapes.now(at, name) : scrapes.highest(at, name, range);
  const found = all.filter(({ labels }) =>
    Object.entries(selector).every(([key, value]) => labels[key] === value),
  );
  if (fold === "absent") return found.length > 0 ? [] : [{ name, labels: selector, value: 1 }];
  if (fold === "max" || fold === "sum") return aggregate(operand, found);
  return found;
}

/**
 * The series for which an expression holds now, by Prometheus's rules for the forms that the chart's alerts have.
 * @throws SyntaxError for any other form
 */
export function evaluate(expression: string, scrapes: Scrapes, at: number): readonly Labels[] {
  const groups = comparisonForm.exec(expression.trim())?.groups;
  if (!groups) return evaluateOperand(expression, scrapes, at).map(({ labels }) => labels);
  const { left = "", operator = "", right = "" } = groups;
  const compare = comparisons[operator];
  if (!compare) throw new SyntaxError(`not understood: ${expression}`);
  const ignored = listed(groups["ignored"]);
  const limits = /^\d+$/.test(right)
    ? undefined
    : new Map(
        evaluateOperand(right, scrapes, at).map(({ labels, value }) => [
          keyOf(without(labels, ignored)),
          value,
        ]),
      );
  return evaluateOperand(left, scrapes, at)
    .filter(({ labels, value }) => {
      const limit = limits ? limits.get(keyOf(without(labels, ignored))) : Number(right);
      return limit !== undefined && compare(value, limit);
    })
    .map(({ labels }) => labels);
}
