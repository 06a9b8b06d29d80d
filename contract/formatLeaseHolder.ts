import type { LeaseHolder } from "./LeaseHolder.ts";

/** The Lease's holderIdentity: `NAMESPACE/POD/UID`. */
export function formatLeaseHolder(holder: LeaseHolder): string {
  return `${holder.namespace}/${holder.pod}/${holder.uid}`;
}
