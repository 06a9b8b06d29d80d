import { ApiError } from "../../kube/ApiError.ts";
import type { PublicationAttempt } from "./planPublication.ts";

/** Which numbers a leader has used in its epoch, or may have used. */
export class SequenceMemory {
  #last = 0;
  #attempt: PublicationAttempt | undefined;

  /** The highest number used for sure; 0 when none. */
  get last(): number {
    return this.#last;
  }

  /** A write of which it is not known whether it took place. */
  get attempt(): PublicationAttempt | undefined {
    return this.#attempt;
  }

  /** A write is about to be sent. All numbers below its own have been used, or may have been. */
  trying(attempt: PublicationAttempt): void {
    this.#last = Math.max(this.#last, attempt.sequence - 1);
    this.#attempt = attempt;
  }

  written(): void {
    this.#last = this.#attempt?.sequence ?? this.#last;
    this.#attempt = undefined;
  }

  /** The write failed, surely undone only where the server said that it refused it. */
  failed(error: unknown): void {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && !error.transient)
      this.#attempt = undefined;
  }
}
