import { evaluate } from "../promql/evaluate.ts";
import { labelKey } from "../promql/labelKey.ts";
import type { Labels } from "../promql/Sample.ts";
import type { Scrapes } from "../promql/Scrapes.ts";
import type { Panel } from "./Dashboard.ts";

/** One line, or one bar, of a panel. */
export interface PanelSeries {
  readonly legend: string;
  /** One for each time; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
}

function legendOf(format: string, labels: Labels): string {
  return format.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? "");
}

/**
 * What a panel's queries answer at each of these times, as Grafana asks them.
 * @throws SyntaxError for a query that the evaluator does not know
 */
export function queryPanel(
  { targets }: Panel,
  scrapes: Scrapes,
  times: readonly number[],
  /** Seconds that Grafana puts in for `$__rate_interval`: four scrapes. */
  rateInterval: number,
): readonly PanelSeries[] {
  return targets.flatMap(({ expr, legendFormat }) => {
    const query = expr.replaceAll("$__rate_interval", `${rateInterval}s`);
    const found = new Map<string, { legend: string; values: (number | undefined)[] }>();
    for (const [index, at] of times.entries())
      for (const { labels, value } of evaluate(query, scrapes, at)) {
        const key = labelKey(labels);
        const series = found.get(key) ?? {
          legend: legendOf(legendFormat, labels),
          values: times.map(() => undefined),
        };
        found.set(key, series);
        series.values[index] = Number.isFinite(value) ? value : undefined;
      }
    return [...found.values()];
  });
}
