import { labelKey } from "./labelKey.ts";
import { parseExposition } from "./parseExposition.ts";
import type { Labels, Sample } from "./Sample.ts";

interface Scrape {
  readonly at: number;
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

/** What one series had within a range, oldest first. */
export interface Series {
  readonly labels: Labels;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

/** Seconds after which Prometheus forgets a series that is scraped no more. */
const lookback = 300;

/** A target's labels win; the metric's own become exported_*: Prometheus without honor_labels. */
function withTarget(labels: Labels, target: Labels): Labels {
  const own = Object.entries(labels).map(([key, value]) => [key in target ? `exported_${key}` : key, value]);
  return { ...(Object.fromEntries(own) as Labels), ...target };
}

/** What a Prometheus has scraped, by target. Times in seconds, and each scrape of a target later than the one before. */
export class Scrapes {
  readonly #targets = new Map<string, Scrape[]>();

  /** What one target's `/metrics` says now; undefined: it does not answer, and its series end. */
  take(at: number, text: string | undefined, target: Labels): void {
    const samples = parseExposition(text ?? "").map((sample) => ({
      ...sample,
      labels: withTarget(sample.labels, target),
    }));
    const key = labelKey(target);
    const scrapes = this.#targets.get(key) ?? [];
    this.#targets.set(key, scrapes);
    scrapes.push({ at, samples: Map.groupBy(samples, ({ name }) => name) });
  }

  /** The newest value of each series of that name, unless its target has shown it no more in a later scrape. */
  now(at: number, name: string): readonly Sample[] {
    return [...this.#targets.values()].flatMap((scrapes) => {
      const newest = scrapes.findLast((scrape) => scrape.at <= at && scrape.at > at - lookback);
      return newest?.samples.get(name) ?? [];
    });
  }

  /** Each series of that name within so many seconds up to now, with the points that it has there. */
  within(at: number, name: string, seconds: number): readonly Series[] {
    const found = new Map<string, { labels: Labels; points: { at: number; value: number }[] }>();
    for (const scrape of [...this.#targets.values()].flat())
      if (scrape.at <= at && scrape.at > at - seconds)
        for (const { labels, value } of scrape.samples.get(name) ?? []) {
          const series = found.get(labelKey(labels)) ?? { labels, points: [] };
          found.set(labelKey(labels), series);
          series.points.push({ at: scrape.at, value });
        }
    return [...found.values()];
  }
}
