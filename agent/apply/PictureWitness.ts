import type { Clock } from "../../runtime/Clock.ts";
import type { PictureView } from "../PictureView.ts";

export interface PictureWitnessOptions {
  readonly clock: Clock;
  /** The agent's own, with the SHA-256 in hex of the peers.json that it comes to. */
  readonly picture: Pick<PictureView, "age"> & { readonly hash: () => string | undefined };
}

/** Milliseconds: a picture older than this vouches for nothing, and proof that is older has lapsed. */
const lapse = 60_000;

/**
 * The agent's own picture as a witness that a document still holds, while the watch that brought it rests. It can
 * prolong what is proven and never restore it: once proof has lapsed the other way in may count, and only the API's
 * own word takes that back. Otherwise validators that come and go could lead to a document from before.
 */
export class PictureWitness {
  readonly #options: PictureWitnessOptions;
  #vouchedAt = -Infinity;

  constructor(options: PictureWitnessOptions) {
    this.#options = options;
  }

  /** True when the picture, fresh, comes to the same bytes. */
  agrees(hash: string | undefined): boolean {
    const { picture } = this.#options;
    return hash !== undefined && hash === picture.hash() && picture.age() < lapse;
  }

  /**
   * Milliseconds since the document of this hash was last proven, given what its watch says of it. To be asked often
   * while they agree: only then is it known later for how long they did.
   */
  age(hash: string | undefined, watched: number): number {
    const { clock, picture } = this.#options;
    const now = clock.monotonic();
    const proven = Math.min(watched, now - this.#vouchedAt);
    if (proven >= lapse || !this.agrees(hash)) return proven;
    this.#vouchedAt = Math.max(this.#vouchedAt, now - picture.age());
    return Math.min(watched, now - this.#vouchedAt);
  }
}
