import { labelKey } from "./labelKey.ts";
import type { Labels, Sample } from "./Sample.ts";

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "==": (a, b) => a === b,
};
const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

function without(labels: Labels, ignored: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !ignored.includes(label)));
}

/**
 * Series with a number, or with the series of the same labels, one to one: a comparison keeps those of the left for
 * which it holds, arithmetic gives new ones, `or` adds those of the right that the left lacks.
 * @throws SyntaxError for another operator
 */
export function combine(
  operator: string,
  ignoring: readonly string[],
  left: readonly Sample[],
  right: number | readonly Sample[],
): readonly Sample[] {
  const keyOf = ({ labels }: Sample): string => labelKey(without(labels, ignoring));
  if (operator === "or" && typeof right !== "number") {
    const there = new Set(left.map(keyOf));
    return [...left, ...right.filter((sample) => !there.has(keyOf(sample)))];
  }
  const others =
    typeof right === "number" ? right : new Map(right.map((sample) => [keyOf(sample), sample.value]));
  const other = (sample: Sample): number | undefined =>
    typeof others === "number" ? others : others.get(keyOf(sample));
  const [holds, compute] = [comparisons[operator], arithmetic[operator]];
  return left.flatMap((sample) => {
    const value = other(sample);
    if (value === undefined) return [];
    const labels = without(sample.labels, ignoring);
    if (holds) return holds(sample.value, value) ? [{ ...sample, labels }] : [];
    if (!compute) throw new SyntaxError(`not understood: ${operator}`);
    return [{ name: "", labels, value: compute(sample.value, value) }];
  });
}
