interface Interval {
  readonly from: number;
  to: number;
}

/** What the API has shown, and when: entries as texts, in true time. */
export class Truth {
  readonly #now: () => number;
  readonly #shown = new Map<string, Interval[]>();
  readonly #glimpsed = new Set<string>();
  readonly #counts: { readonly at: number; readonly count: number }[] = [{ at: 0, count: 0 }];
  #current: ReadonlySet<string> = new Set();

  constructor(now: () => number) {
    this.#now = now;
  }

  get current(): ReadonlySet<string> {
    return this.#current;
  }

  /** From now on the API shows these. */
  set(entries: ReadonlySet<string>): void {
    const now = this.#now();
    for (const entry of this.#current) if (!entries.has(entry)) this.#last(entry).to = now;
    for (const entry of entries) if (!this.#current.has(entry)) this.#begin(entry, now);
    this.#current = entries;
    this.#counts.push({ at: now, count: entries.size });
  }

  /**
   * Two objects that change together reach watchers in any order: for a while, somebody may see this, which never was.
   */
  glimpse(entry: string): void {
    this.#begin(entry, this.#now()).to = this.#now();
    this.#glimpsed.add(entry);
  }

  /** True when an address may have been seen on that network without ever having been there. */
  wasGlimpsed(address: string): boolean {
    return [...this.#glimpsed].some((entry) => entry.includes(`@${address}#`));
  }

  /** True when it was shown at some moment of the last `milliseconds`. */
  wasShown(entry: string, milliseconds: number): boolean {
    const from = this.#now() - milliseconds;
    return (this.#shown.get(entry) ?? []).some(({ to }) => to >= from);
  }

  /** True when it was shown all through the last `milliseconds`. */
  wasShownThroughout(entry: string, milliseconds: number): boolean {
    const from = this.#now() - milliseconds;
    return this.#current.has(entry) && this.#last(entry).from <= from;
  }

  /** The smallest number of entries from `oldest` to `newest` milliseconds ago. */
  fewest(oldest: number, newest: number): number {
    const [from, to] = [this.#now() - oldest, this.#now() - newest];
    const relevant = this.#counts.filter(
      ({ at }, index) => at <= to && (this.#counts[index + 1]?.at ?? Infinity) >= from,
    );
    return Math.min(...relevant.map(({ count }) => count));
  }

  #begin(entry: string, now: number): Interval {
    const intervals = this.#shown.get(entry) ?? [];
    this.#shown.set(entry, intervals);
    const interval = { from: now, to: Infinity };
    intervals.push(interval);
    return interval;
  }

  #last(entry: string): Interval {
    const last = this.#shown.get(entry)?.at(-1);
    if (!last) throw new Error(`${entry} was never shown`);
    return last;
  }
}
