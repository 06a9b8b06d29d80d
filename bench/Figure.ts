/** One thing measured of one program, several times. */
export interface Figure {
  readonly part: string;
  readonly what: string;
  /** Whose it is: `agent`, or a peer's name. */
  readonly of: string;
  readonly unit: string;
  /** In the order of measuring. */
  readonly values: readonly number[];
  /** What the product must reach at most; none for peers. */
  readonly bar?: number;
  readonly aim?: number;
}
