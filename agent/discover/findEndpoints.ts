import { isIpv4 } from "../../contract/isIpv4.ts";
import { firstOfEach } from "./firstOfEach.ts";
import type { ObservedSlice } from "./ObservedSlice.ts";

/** A place where a validator's Core can be dialed. */
export interface FoundEndpoint {
  readonly ip: string;
  readonly port: number;
  readonly pod: string | undefined;
}

/** Why there is none. */
export interface NoEndpoint {
  readonly reason:
    "no-service" | "no-address" | "no-peer-port" | "ipv6-only" | "hostname-only" | "terminating";
  readonly detail: string;
}

/** By address; of two at the same one, that whose pod is known. */
function compareEndpoints(a: FoundEndpoint, b: FoundEndpoint): number {
  const [left, right] = [a, b].map(({ ip, port, pod }) => `${ip}:${port} ${pod ?? "~"}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}

function explain(slices: readonly ObservedSlice[]): NoEndpoint {
  const holding = slices.filter((slice) => slice.endpoints.length > 0);
  const ofType = (type: string): ObservedSlice[] => holding.filter((slice) => slice.addressType === type);
  if (slices.length === 0) return { reason: "no-service", detail: "its Service has no EndpointSlice" };
  if (holding.length === 0)
    return { reason: "no-address", detail: "no pod of its Service has an address yet" };
  const ipv4 = ofType("IPv4");
  if (ipv4.length === 0 && ofType("IPv6").length > 0)
    return { reason: "ipv6-only", detail: "it has IPv6 addresses only, and Core dials IPv4 only" };
  if (ipv4.length === 0)
    return { reason: "hostname-only", detail: "it has no numeric IPv4 address, and Core is given no other" };
  if (ipv4.every((slice) => slice.port === undefined))
    return { reason: "no-peer-port", detail: "its Service has no TCP port named peer" };
  if (ipv4.every((slice) => slice.endpoints.every((endpoint) => endpoint.terminating)))
    return { reason: "terminating", detail: "its pod is terminating" };
  return { reason: "no-address", detail: "none of its addresses can be dialed" };
}

/**
 * The addresses in one Service's slices, sorted: IPv4, ready or not (validators need each other in order to become
 * ready), unless terminating. A pod that stands in several slices, as Kubernetes allows for a while, comes once.
 */
export function findEndpoints(slices: readonly ObservedSlice[]): readonly FoundEndpoint[] | NoEndpoint {
  const found: FoundEndpoint[] = [];
  for (const { addressType, port, endpoints } of slices) {
    if (addressType !== "IPv4" || port === undefined) continue;
    for (const { address, terminating, pod } of endpoints) {
      if (!terminating && isIpv4(address)) found.push({ ip: address, port, pod });
    }
  }
  if (found.length === 0) return explain(slices);
  const byAddress = firstOfEach(found.sort(compareEndpoints), ({ ip, port }) => `${ip}:${port}`);
  return firstOfEach(byAddress, ({ ip, port, pod }) => pod ?? `${ip}:${port}`);
}
