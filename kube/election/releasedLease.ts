import type { Lease } from "./Lease.ts";
import { microTime } from "./microTime.ts";

/** The Lease as its holder hands it back: nobody's, for one second, transitions unchanged (client-go, `release`). */
export function releasedLease(lease: Lease, now: number): Lease {
  const time = microTime(now);
  return {
    ...lease,
    spec: {
      ...lease.spec,
      holderIdentity: "",
      leaseDurationSeconds: 1,
      acquireTime: time,
      renewTime: time,
    },
  };
}
