import type { ConfigMap } from "./ConfigMap.ts";
import { isIntact } from "./isIntact.ts";

/**
 * The list as it was last seen, for the day it is gone; not somebody's edit in the place of what an agent wrote. Kept for
 * as long as the process lives: what is not known to one term may be known from the one before.
 */
export class ListMemory {
  #last: ConfigMap | undefined;

  /** Undefined until there was one. */
  get last(): ConfigMap | undefined {
    return this.#last;
  }

  /** This is shown now; undefined: there is none. */
  see(list: ConfigMap | undefined): void {
    if (!list) return;
    if (this.#last && isIntact(this.#last) && !isIntact(list)) return;
    this.#last = list;
  }
}
