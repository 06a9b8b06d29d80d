/** One thing measured of one program, several times. */
export interface Figure {
  readonly part: string;
  readonly what: string;
  /** Whose it is: `agent`, or a peer's name. */
  readonly of: string;
  /** Number of validators, where the figure is one of a row of them. */
  readonly at?: number;
  readonly unit: string;
  /** In the order of measuring. */
  readonly values: readonly number[];
  /** What the product must reach at most, or at least; none for peers. */
  readonly bar?: number;
  readonly aim?: number;
  readonly limits?: "at least";
}
