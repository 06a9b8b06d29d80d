import type { SeededRandom } from "./SeededRandom.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly tie: number;
  readonly run: () => void;
  wanted: boolean;
}

const stepsInTurn = 100;

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
    const timer = {
      at: this.#now + Math.max(0, milliseconds),
      order: (this.#order += 1),
      tie: this.#random.next(),
      run: action,
      wanted: true,
    };
    this.#timers.push(timer);
    return () => {
      timer.wanted = false;
    };
  }

  /**
   * Lets time pass up to `end`. Nothing here waits for the world outside, and Node runs all that became ready between
   * two immediates: so each timer has one of its own, and many are put up at once to spare turns of the event loop.
   */
  runUntil(end: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let ended = false;
      const step = (): void => {
        if (ended) return;
        try {
          ended = !this.#step(end);
          if (ended) resolve();
        } catch (error) {
          ended = true;
          reject(error);
        }
      };
      const turn = (): void => {
        if (ended) return;
        for (let count = 0; count < stepsInTurn; count += 1) setImmediate(step);
        setImmediate(turn);
      };
      turn();
    });
  }

  /** Runs the next timer; false when none is due any more. */
  #step(end: number): boolean {
    let timer = this.#timers.pop(end);
    while (timer && !timer.wanted) timer = this.#timers.pop(end);
    this.#now = timer ? Math.max(this.#now, timer.at) : end;
    if (!timer) return false;
    this.#steps += 1;
    timer.run();
    return true;
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
