import type { Reading } from "./ServerMeter.ts";

export interface Rates {
  /** A second. */
  readonly requests: number;
  /** A second, without the server's own Lease. */
  readonly bytes: number;
  /** A second, of what is no Lease. */
  readonly otherBytes: number;
  /** Thousandths of a processor. */
  readonly millicores: number;
}

/** What the server did between two readings; `ownBytes` a second are its own Lease's. */
export function rates(from: Reading, to: Reading, ownBytes: number): Rates {
  const seconds = (to.at - from.at) / 1000;
  const leases = (to.leaseBytes - from.leaseBytes) / seconds - ownBytes;
  const otherBytes = (to.otherBytes - from.otherBytes) / seconds;
  return {
    requests: (to.requests - from.requests) / seconds,
    bytes: leases + otherBytes,
    otherBytes,
    millicores: (to.processor - from.processor) / seconds,
  };
}
