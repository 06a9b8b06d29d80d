import type { Clock } from "../runtime/Clock.ts";

/** Milliseconds by which an event may come late. */
const lateness = 1_000;

/** What is known of how old a Reflector's content is, and whether all is well. */
export class ContentProof {
  readonly #clock: Clock;
  readonly #maxAge: number;
  #provenAt: number | undefined;
  #failing = false;
  #doubted = false;

  /** `maxAge` in milliseconds: older content is no longer proven by a mere event. */
  constructor(clock: Clock, maxAge: number) {
    this.#clock = clock;
    this.#maxAge = maxAge;
  }

  /** False until the first list. */
  known(): boolean {
    return this.#provenAt !== undefined;
  }

  /** Milliseconds since the content was last proven; infinite before it ever was. */
  age(): number {
    return this.#provenAt === undefined ? Infinity : this.#clock.monotonic() - this.#provenAt;
  }

  /** Something has failed since all was last well. */
  failing(): boolean {
    return this.#failing;
  }

  /** The next watch is to show soon that all is well. */
  shaken(): boolean {
    return this.#failing || this.#doubted;
  }

  /** A list was had that was asked for at this time. */
  listed(at: number): void {
    this.#provenAt = at;
  }

  /**
   * Something came. After a failure, or a long silence, it may be the first of much that happened meanwhile: then it
   * shows that the API speaks, but not that this has caught up.
   */
  heard(): void {
    if (!this.shaken() && this.age() <= this.#maxAge + lateness) this.#provenAt = this.#clock.monotonic();
  }

  /** The server has said all there was to say; true when something had failed before. */
  wholeTerm(): boolean {
    const recovered = this.#failing;
    this.#provenAt = this.#clock.monotonic();
    this.#failing = this.#doubted = false;
    return recovered;
  }

  /** True when all was well until now. */
  failed(): boolean {
    const first = !this.#failing;
    this.#failing = true;
    return first;
  }

  /** The watch may be dead. */
  doubt(): void {
    this.#doubted = true;
  }
}
