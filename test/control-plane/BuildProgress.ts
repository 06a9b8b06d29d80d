/** Tells a person how a long build goes on. */
export interface BuildProgress {
  /** What is built now and in how many seconds it was done elsewhere; the function it returns says that it ended. */
  begin(what: string, expectedSeconds: number): () => void;
}
