import { combine } from "./combine.ts";
import type { Expression, Selector } from "./Expression.ts";
import { extrapolate } from "./extrapolate.ts";
import { labelKey } from "./labelKey.ts";
import { parseExpression } from "./parseExpression.ts";
import { quantiles } from "./quantiles.ts";
import type { Labels, Sample } from "./Sample.ts";
import type { Scrapes, Series } from "./Scrapes.ts";

type Value = number | readonly Sample[];

const folds: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  max: (values) => values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a)),
  min: (values) => values.reduce((a, b) => (b < a || Number.isNaN(a) ? b : a)),
  count: (values) => values.length,
  avg: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
};

/** Of one series over a range; undefined where it has too few points to say. */
const overTime: Readonly<Record<string, (series: Series, at: number, range: number) => number | undefined>> =
  {
    rate: (series, at, range) => {
      const growth = extrapolate(series.points, at, range);
      return growth === undefined ? undefined : growth / range;
    },
    increase: (series, at, range) => extrapolate(series.points, at, range),
    max_over_time: ({ points }) => Math.max(...points.map(({ value }) => value)),
  };

class Evaluation {
  readonly #scrapes: Scrapes;
  readonly #at: number;

  constructor(scrapes: Scrapes, at: number) {
    this.#scrapes = scrapes;
    this.#at = at;
  }

  of(expression: Expression): Value {
    const { kind } = expression;
    if (kind === "number") return expression.value;
    if (kind === "selector") return this.#newest(expression);
    if (kind === "call") return this.#call(expression.name, expression.operands);
    if (kind === "aggregate")
      return this.#aggregate(expression.name, expression.by, this.#vector(expression.of));
    const { operator, ignoring, left, right } = expression;
    return combine(operator, ignoring, this.#vector(left), this.of(right));
  }

  #newest(selector: Selector): readonly Sample[] {
    const { name, range } = selector;
    if (range !== undefined) throw new SyntaxError(`${name}: a range alone is no answer`);
    return this.#matching(selector, this.#scrapes.now(this.#at, name));
  }

  #vector(expression: Expression | undefined): readonly Sample[] {
    const value = expression === undefined ? undefined : this.of(expression);
    if (value === undefined || typeof value === "number") throw new SyntaxError("series expected");
    return value;
  }

  #call(name: string, [first, second]: readonly Expression[]): readonly Sample[] {
    const fold = overTime[name];
    if (fold) return this.#overTime(name, fold, first);
    if (name === "vector" && first?.kind === "number") return [{ name: "", labels: {}, value: first.value }];
    if (name === "absent" && first?.kind === "selector") return this.#absent(first);
    if (name === "histogram_quantile" && first?.kind === "number")
      return quantiles(first.value, this.#vector(second));
    throw new SyntaxError(`not understood: ${name}`);
  }

  #overTime(
    name: string,
    fold: (series: Series, at: number, range: number) => number | undefined,
    over: Expression | undefined,
  ): readonly Sample[] {
    if (over?.kind !== "selector" || over.range === undefined) throw new SyntaxError(`${name} takes a range`);
    const { range } = over;
    return this.#matching(over, this.#scrapes.within(this.#at, over.name, range)).flatMap((series) => {
      const value = fold(series, this.#at, range);
      return value === undefined ? [] : [{ name: "", labels: series.labels, value }];
    });
  }

  #absent(selector: Selector): readonly Sample[] {
    if (this.#vector(selector).length > 0) return [];
    const known = selector.matchers.filter(({ equal }) => equal).map(({ label, value }) => [label, value]);
    return [{ name: "", labels: Object.fromEntries(known) as Labels, value: 1 }];
  }

  #matching<Item extends { readonly labels: Labels }>(
    { matchers }: Selector,
    items: readonly Item[],
  ): readonly Item[] {
    return items.filter(({ labels }) =>
      matchers.every(({ label, value, equal }) => ((labels[label] ?? "") === value) === equal),
    );
  }

  #aggregate(name: string, by: readonly string[], samples: readonly Sample[]): readonly Sample[] {
    const fold = folds[name];
    if (!fold) throw new SyntaxError(`not understood: ${name}`);
    const kept = (labels: Labels): Labels =>
      Object.fromEntries(by.flatMap((label) => (labels[label] ? [[label, labels[label]]] : [])));
    const groups = Map.groupBy(samples, ({ labels }) => labelKey(kept(labels)));
    return [...groups.values()].map((group) => ({
      name: "",
      labels: kept(group[0]?.labels ?? {}),
      value: fold(group.map(({ value }) => value)),
    }));
  }
}

/**
 * What a query answers at a time, by Prometheus's rules, for the part of PromQL that the chart's alerts and dashboard use.
 * What it does not know is an error, never an empty answer.
 * @throws SyntaxError for any other form
 */
export function evaluate(expression: string, scrapes: Scrapes, at: number): readonly Sample[] {
  const value = new Evaluation(scrapes, at).of(parseExpression(expression));
  return typeof value === "number" ? [{ name: "", labels: {}, value }] : value;
}
