/** The reason with which a term's signal aborts when leadership was lost or given up. */
export class TermEndedError extends Error {
  override readonly name = "TermEndedError";
}
