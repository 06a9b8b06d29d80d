import type { Rules } from "./Rules.ts";

export interface SightingsOptions {
  /** The process that looks. */
  readonly who: string;
  readonly rules: Rules;
  /** Validators that were changed by somebody, by namespace and name. */
  readonly altered: ReadonlySet<string>;
}

/**
 * What one process sees come and go, each as `NAMESPACE/NAME@ADDRESS`. An address belongs to one pod, so it comes once
 * and goes once: who sees it come back has gone back in time. Where a StellarNode was changed as well, of whose watch
 * that of addresses may be independent, both orders are right.
 */
export class Sightings {
  readonly #options: SightingsOptions;
  readonly #lost = new Set<string>();

  constructor(options: SightingsOptions) {
    this.#options = options;
  }

  changed(added: readonly string[], removed: readonly string[]): void {
    const { altered, rules, who } = this.#options;
    for (const entry of added)
      if (this.#lost.has(entry) && !altered.has(entry.split("@")[0] ?? ""))
        rules.violated(`${who} sees ${entry} again, which it has seen go`);
    for (const entry of removed) this.#lost.add(entry);
  }
}
