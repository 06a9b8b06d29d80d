import { isIpv4 } from "../../contract/isIpv4.ts";

export type AdvertisedAddress =
  /** The address of the validator's pod. */
  | { readonly use: "pod" }
  | { readonly use: "address"; readonly ip: string }
  | {
      readonly use: "none";
      readonly reason: "no-external-ip" | "bad-advertise-address";
      readonly detail: string;
    };

/** 0.0.0.0/8 means nobody, 224.0.0.0 and above is multicast or reserved (RFC 6890). */
function isUnicast(ip: string): boolean {
  const first = Number(ip.split(".")[0]);
  return isIpv4(ip) && first > 0 && first < 224;
}

/**
 * What `advertise-address` asks for: nothing or `pod`, `external`, or an IPv4 address.
 * A wish that can't be met leaves the validator out and never falls back to the pod's address: whoever set it knows
 * that others do not reach that one. A hostname is not resolved: Core would do it on its main thread.
 */
export function resolveAdvertisedAddress(
  advertise: string | undefined,
  externalIp: string | undefined,
): AdvertisedAddress {
  const wish = advertise?.toLowerCase() ?? "pod";
  if (wish === "pod") return { use: "pod" };
  if (wish === "external") {
    if (externalIp !== undefined && isUnicast(externalIp)) return { use: "address", ip: externalIp };
    const detail =
      externalIp === undefined
        ? "advertise-address is external and status.externalIp is not set"
        : `advertise-address is external and status.externalIp ${JSON.stringify(externalIp)} is no IPv4 address`;
    return { use: "none", reason: "no-external-ip", detail };
  }
  if (isUnicast(wish)) return { use: "address", ip: wish };
  const detail = `advertise-address ${JSON.stringify(advertise)} is neither pod, external nor an IPv4 address`;
  return { use: "none", reason: "bad-advertise-address", detail };
}
