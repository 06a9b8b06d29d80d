import type { SeededRandom } from "./SeededRandom.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly tie: number;
  readonly run: () => void;
}

/**
 * The one true time of a simulated world, in milliseconds. Timers that are due at the same moment run in an order that
 * the seed draws. What one causes has run before the next one does.
 */
export class SimulatedTime {
  readonly #random: SeededRandom;
  readonly #timers = new TimerHeap();
  #now = 0;
  #order = 0;
  #steps = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  now(): number {
    return this.#now;
  }

  /** Timers run so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Runs `action` in `milliseconds`; returns what takes it back. */
  after(milliseconds: number, action: () => void): () => void {
    let wanted = true;
    this.#timers.push({
      at: this.#now + Math.max(0, milliseconds),
      order: (this.#order += 1),
      tie: this.#random.next(),
      run: () => wanted && action(),
    });
    return () => {
      wanted = false;
    };
  }

  /** Lets time pass up to `end`. */
  async runUntil(end: number): Promise<void> {
    await this.#drain();
    for (let timer = this.#timers.pop(end); timer; timer = this.#timers.pop(end)) {
      this.#now = Math.max(this.#now, timer.at);
      this.#steps += 1;
      timer.run();
      await this.#drain();
    }
    this.#now = end;
  }

  /** Nothing here waits for the world outside: after one turn of the event loop all that became ready has run. */
  async #drain(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

function before(a: Timer, b: Timer): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.tie === b.tie ? a.order < b.order : a.tie < b.tie;
}

/** A binary heap: the first timer is at its top. */
class TimerHeap {
  readonly #timers: Timer[] = [];

  push(timer: Timer): void {
    const timers = this.#timers;
    let index = timers.length;
    timers.push(timer);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = timers[parent];
      if (!above || before(above, timer)) break;
      timers[index] = above;
      index = parent;
    }
    timers[index] = timer;
  }

  /** Takes the first one off when it is due by `end`. */
  pop(end: number): Timer | undefined {
    const timers = this.#timers;
    const first = timers[0];
    if (!first || first.at > end) return undefined;
    const last = timers.pop();
    if (last && timers.length > 0) this.#sink(last);
    return first;
  }

  #sink(timer: Timer): void {
    const timers = this.#timers;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const right = timers[child + 1];
      const left = timers[child];
      if (!left) break;
      if (right && before(right, left)) child += 1;
      const smaller = timers[child];
      if (!smaller || before(timer, smaller)) break;
      timers[index] = smaller;
      index = child;
    }
    timers[index] = timer;
  }
}
