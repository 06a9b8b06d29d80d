import { isDeepStrictEqual } from "node:util";
import type { Lease } from "./Lease.ts";
import type { ObservedLease } from "./ObservedLease.ts";

/**
 * The next observation: the time starts anew only when the record itself changed, so that an edited label does not
 * prolong a dead leader's term. The newest resourceVersion is kept either way, for the write that may follow.
 */
export function observeLease(
  previous: ObservedLease | undefined,
  lease: Lease | undefined,
  now: number,
): ObservedLease {
  if (!lease) return previous && !previous.lease ? previous : { since: now };
  const same = previous?.lease !== undefined && isDeepStrictEqual(previous.lease.spec, lease.spec);
  return { lease, since: same ? previous.since : now };
}
