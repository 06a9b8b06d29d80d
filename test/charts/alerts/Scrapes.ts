import type { Registry } from "prom-client";
import type { Sample } from "./Sample.ts";

interface Scrape {
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** Seconds after which Prometheus forgets a series that is scraped no more. */
const lookback = 300;

function keyOf({ name, labels }: Sample): string {
  return JSON.stringify([name, Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** A target's labels win; the metric's own become exported_*: Prometheus without honor_labels. */
function withTarget(
  labels: Readonly<Record<string, string | number>>,
  target: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = Object.entries(labels).map(([key, value]) => [
    key in target ? `exported_${key}` : key,
    String(value),
  ]);
  return { ...(Object.fromEntries(own) as Record<string, string>), ...target };
}

/** What a Prometheus has scraped of real registries. Times in seconds. */
export class Scrapes {
  readonly #scrapes: Scrape[] = [];

  /** One target's registry as it is now. */
  async take(at: number, registry: Registry, target: Readonly<Record<string, string>>): Promise<void> {
    const metrics = await registry.getMetricsAsJSON();
    const samples = metrics.flatMap(({ name, values }) =>
      values.map(({ labels, value }) => ({
        name,
        labels: withTarget(labels as Record<string, string | number>, target),
        value,
      })),
    );
    this.#scrapes.push({ at, samples });
  }

  /** The newest value of each series of that name, unless its target has shown it no more in a later scrape. */
  now(at: number, name: string): readonly Sample[] {
    const newest = this.#scrapes.findLast((scrape) => scrape.at <= at && scrape.at > at - lookback);
    return newest?.samples.filter((sample) => sample.name === name) ?? [];
  }

  /** The highest value of each series of that name within so many seconds up to now. */
  highest(at: number, name: string, seconds: number): readonly Sample[] {
    const found = new Map<string, Sample>();
    for (const scrape of this.#scrapes)
      if (scrape.at <= at && scrape.at > at - seconds)
        for (const sample of scrape.samples) {
          const before = found.get(keyOf(sample));
          if (sample.name === name && (!before || before.value < sample.value))
            found.set(keyOf(sample), sample);
        }
    return [...found.values()];
  }
}
