import type { Registry } from "prom-client";
import type { AlertRule } from "./AlertRule.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { evaluate } from "../../promql/evaluate.ts";
import { Scrapes } from "../../promql/Scrapes.ts";

/** Seconds between scrapes, and between evaluations. */
const interval = 30;
const target = { namespace: "stellar-system", pod: "p-0", instance: "10.0.0.1:1" };

/** A Prometheus that scrapes one program and evaluates the chart's rules, in a time of its own. */
export class AlertScene {
  readonly clock = new VirtualClock();
  /** What is scraped; undefined: nothing answers. */
  registry: Registry | undefined;
  /** Runs before each scrape. */
  beforeScrape: () => void = () => undefined;
  readonly #rules: readonly AlertRule[];
  readonly #scrapes = new Scrapes();
  /** Since when each alert's expression has held for a series. */
  readonly #since = new Map<string, number>();
  #seconds = 0;

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
  }

  /** Lets time pass; resolves with the names of alerts that fired at its end. */
  async pass(minutes: number): Promise<readonly string[]> {
    let firing: readonly string[] = [];
    for (let left = minutes * 60; left > 0; left -= interval) {
      await this.clock.advance(interval * 1_000);
      this.#seconds += interval;
      this.beforeScrape();
      if (this.registry) this.#scrapes.take(this.#seconds, await this.registry.metrics(), target);
      firing = this.#evaluate();
    }
    return firing;
  }

  #evaluate(): readonly string[] {
    const holding = new Map<string, AlertRule>();
    for (const rule of this.#rules)
      for (const { labels } of evaluate(rule.expr, this.#scrapes, this.#seconds))
        holding.set(`${rule.alert} ${JSON.stringify(labels)}`, rule);
    for (const key of this.#since.keys()) if (!holding.has(key)) this.#since.delete(key);
    const firing = [...holding].filter(([key, rule]) => {
      const since = this.#since.get(key) ?? this.#seconds;
      this.#since.set(key, since);
      return this.#seconds - since >= Number.parseInt(rule.for, 10) * 60;
    });
    return [...new Set(firing.map(([, { alert }]) => alert))];
  }
}
