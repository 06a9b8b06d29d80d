import type { Lease } from "./Lease.ts";
import type { ObservedLease } from "./ObservedLease.ts";

/** A record edited by hand must not lock everybody out for longer than this many lease durations. */
const longestTerm = 3;

export type ElectionDecision =
  | { readonly action: "wait"; readonly reason: "unseen" | "missing" }
  /** `remaining` milliseconds until the record expires if it does not change. */
  | { readonly action: "follow"; readonly holder: string; readonly remaining: number }
  | { readonly action: "take"; readonly reason: "own" | "free" | "expired"; readonly lease: Lease };

/**
 * How long a record protects its holder: the duration in it, as in client-go, but at least our own, so that a lower
 * value put there by hand does not depose a leader that renews in time, and at most three times that.
 */
function protectedFor(lease: Lease, leaseDuration: number): number {
  const recorded = (lease.spec?.leaseDurationSeconds ?? 0) * 1000;
  return Math.min(Math.max(recorded, leaseDuration), longestTerm * leaseDuration);
}

/**
 * What a candidate does about the Lease it sees. Times in the Lease are never looked at: clocks differ. A record is
 * expired only when this process has seen it unchanged for its duration by its own monotonic clock (client-go,
 * tools/leaderelection). A candidate that finds its own name takes the Lease over again at once: its container
 * was started anew in the same pod.
 */
export function decideElection(
  observed: ObservedLease | undefined,
  identity: string,
  leaseDuration: number,
  now: number,
): ElectionDecision {
  if (!observed) return { action: "wait", reason: "unseen" };
  const { lease, since } = observed;
  if (!lease) return { action: "wait", reason: "missing" };
  const holder = lease.spec?.holderIdentity ?? "";
  if (holder === "") return { action: "take", reason: "free", lease };
  if (holder === identity) return { action: "take", reason: "own", lease };
  const remaining = since + protectedFor(lease, leaseDuration) - now;
  if (remaining > 0) return { action: "follow", holder, remaining };
  return { action: "take", reason: "expired", lease };
}
