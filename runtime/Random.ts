/** A source of randomness, for jitter only: nothing secret comes from it. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}
