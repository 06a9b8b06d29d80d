import { names } from "../../contract/names.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import type { Stage } from "../e2e/Stage.ts";
import type { Labels } from "../promql/Sample.ts";
import { Scrapes } from "../promql/Scrapes.ts";

/** Seconds between scrapes. */
const interval = 2;

async function read(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(1000) });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

/** Plays Prometheus: asks webhook and agents of a stage for their metrics, with the labels that the chart's monitors give. */
export class Scraper {
  static readonly interval = interval;
  readonly scrapes = new Scrapes();
  readonly #stage: Stage;
  /** Every target so far, by its URL: the series of one that is gone end. */
  readonly #known = new Map<string, Labels>();
  readonly #start = performance.now();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Seconds since it was made. */
  get now(): number {
    return (performance.now() - this.#start) / 1000;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const [url, target] of this.#targets()) this.#known.set(url, target);
      await Promise.all([...this.#known].map(([url, target]) => this.#scrape(url, target)));
      await systemClock.sleep(interval * 1000, signal).catch(() => undefined);
    }
  }

  async #scrape(url: string, target: Labels): Promise<void> {
    const text = await read(url);
    this.scrapes.take(this.now, text, target);
  }

  *#targets(): Iterable<readonly [string, Labels]> {
    const { kubelet, webhook } = this.#stage;
    yield [webhook.probeUrl, { namespace: names.namespace, pod: "stellar-peer-discovery-0" }];
    for (const { healthPort, pod } of kubelet.agents.values()) {
      const { namespace = "", name = "" } = pod.metadata;
      yield [`http://127.0.0.1:${healthPort}`, { namespace, pod: name }];
    }
  }
}
