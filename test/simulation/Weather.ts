/** How the line between one process and the API server is now. Chances are of each call or event. */
export interface Weather {
  /** No call gets through: refused at once, or hung until its deadline. */
  readonly partition: "none" | "refused" | "hung";
  /** Only calls and watches of this kind of object meet it. */
  readonly only?: string;
  /** An answer that is an error, though nothing was done. */
  readonly errors: number;
  /** A write takes place and its answer is lost. */
  readonly lostAnswers: number;
  /** A write takes place long after its caller has given it up, whatever became of the caller. */
  readonly lateWrites: number;
  /** A read shows what was there seconds ago. */
  readonly staleReads: number;
  /** A call, or a watch from then on, of which nothing more is heard. */
  readonly hangs: number;
  /** A watch that breaks at an event. */
  readonly breaks: number;
  /** A watch that ends with 410 at an event. */
  readonly expiries: number;
  /** An event that comes twice. */
  readonly repeats: number;
  /** Milliseconds a message is under way, at most. */
  readonly latency: number;
}
