import type { ServiceAccount } from "./ServiceAccount.ts";

/** Milliseconds: longer than a StatefulSet takes to make a pod again. */
const linger = 60_000;

/**
 * The service accounts of injected pods, each for a minute longer than its last pod was seen: a pod that restarts finds
 * its rights in place, and bindings are not rewritten twice.
 */
export class AccountLinger {
  readonly #seen = new Map<string, { readonly account: ServiceAccount; readonly at: number }>();

  /** `now`: monotonic milliseconds. Resolves to all that count now. */
  update(present: readonly ServiceAccount[], now: number): readonly ServiceAccount[] {
    for (const account of present)
      this.#seen.set(`${account.namespace}/${account.name}`, { account, at: now });
    for (const [key, { at }] of this.#seen) if (now - at > linger) this.#seen.delete(key);
    return [...this.#seen.values()].map(({ account }) => account);
  }
}
