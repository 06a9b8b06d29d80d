import type { Lease } from "./Lease.ts";
import { microTime } from "./microTime.ts";

export interface LeaseClaim {
  readonly identity: string;
  /** Milliseconds. */
  readonly leaseDuration: number;
  /** Wall clock, milliseconds; for people who read the Lease. */
  readonly now: number;
}

/**
 * Has the server forget who wrote which field, and not begin again (apimachinery, managedfields: decodeLiveOrNew and
 * skipNonApplied). That is half of a Lease's bytes, and every candidate is sent each renewal.
 */
const forgotten = [{}];

/**
 * The Lease as its holder writes it, taken or renewed. leaseTransitions grows by exactly one when the holder
 * changes, from nobody too, and never otherwise: it is the epoch that fences what the holder writes.
 */
export function heldLease(lease: Lease, claim: LeaseClaim): Lease {
  const { metadata, spec } = lease;
  const renewed = spec?.holderIdentity === claim.identity;
  const time = microTime(claim.now);
  return {
    ...lease,
    metadata: metadata.managedFields ? { ...metadata, managedFields: forgotten } : metadata,
    spec: {
      ...spec,
      holderIdentity: claim.identity,
      leaseDurationSeconds: Math.ceil(claim.leaseDuration / 1000),
      acquireTime: renewed ? (spec.acquireTime ?? time) : time,
      renewTime: time,
      leaseTransitions: (spec?.leaseTransitions ?? 0) + (renewed ? 0 : 1),
    },
  };
}
