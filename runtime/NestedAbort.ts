/**
 * An end of its own for work under another signal: aborts with that one, or before it. In the place of AbortSignal.any
 * for loops that ask their signal again and again, each question of which a composite signal passes on to its sources.
 */
export class NestedAbort {
  readonly #outer: AbortSignal;
  readonly #controller = new AbortController();
  readonly #pass = (): void => this.#controller.abort(this.#outer.reason);

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    if (outer.aborted) this.#pass();
    else outer.addEventListener("abort", this.#pass, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the work; with no reason, with Node's AbortError. */
  abort(reason?: Error): void {
    this.#controller.abort(reason);
  }

  /** To be called when the work has settled: the outer signal may live on. */
  release(): void {
    this.#outer.removeEventListener("abort", this.#pass);
  }
}
