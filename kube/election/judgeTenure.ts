import type { Lease } from "./Lease.ts";

export type TenureVerdict =
  | { readonly kept: true; readonly lease: Lease }
  | { readonly kept: false; readonly reason: "missing" | "edited" }
  | { readonly kept: false; readonly reason: "taken"; readonly holder: string };

/**
 * Whether the stored Lease still stands for the term that began with `held`: same object, same holder, same
 * leaseTransitions. Anything else in it may have been edited; the next renewal puts it right.
 */
export function judgeTenure(stored: Lease | undefined, held: Lease): TenureVerdict {
  if (!stored) return { kept: false, reason: "missing" };
  const holder = stored.spec?.holderIdentity ?? "";
  if (holder !== held.spec?.holderIdentity) return { kept: false, reason: "taken", holder };
  const sameObject = stored.metadata.uid === held.metadata.uid;
  const sameEpoch = stored.spec?.leaseTransitions === held.spec.leaseTransitions;
  return sameObject && sameEpoch ? { kept: true, lease: stored } : { kept: false, reason: "edited" };
}
