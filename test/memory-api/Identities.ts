const alphabet = "bcdfghjklmnpqrstvwxz2456789";

/** The uids and name endings that one server gives out: all different, and the same in each run. */
export class Identities {
  #uids = 0;
  #suffixes = 0;

  uid(): string {
    this.#uids += 1;
    return `00000000-0000-4000-8000-${String(this.#uids).padStart(12, "0")}`;
  }

  /** What is put behind a generateName. */
  suffix(): string {
    this.#suffixes += 1;
    let left = this.#suffixes;
    let suffix = "";
    for (let place = 0; place < 5; place += 1) {
      suffix = `${alphabet[left % alphabet.length]}${suffix}`;
      left = Math.floor(left / alphabet.length);
    }
    return suffix;
  }
}
