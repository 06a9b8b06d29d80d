/** Values to positions, evenly by their logarithm. */
export class LogScale {
  readonly #low: number;
  readonly #perDecade: number;
  readonly #start: number;
  readonly least: number;
  readonly most: number;

  /** From `least`, at position `start`, to `most`, at position `end`. */
  constructor(least: number, most: number, start: number, end: number) {
    this.least = least;
    this.most = most;
    this.#low = Math.log10(least);
    this.#perDecade = (end - start) / (Math.log10(most) - this.#low);
    this.#start = start;
  }

  at(value: number): number {
    return this.#start + (Math.log10(value) - this.#low) * this.#perDecade;
  }

  /** 1, 2 and 5 times the powers of ten within; every third of them, the powers, where those are four or more. */
  ticks(): readonly number[] {
    const powers: number[] = [];
    for (let power = Math.floor(this.#low); 10 ** power <= this.most; power += 1) powers.push(10 ** power);
    const within = (value: number): boolean => value >= this.least && value <= this.most;
    const inside = powers.filter(within);
    return inside.length >= 4 ? inside : powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(within);
  } // prettier-ignore
}
