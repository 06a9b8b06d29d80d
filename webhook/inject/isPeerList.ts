import { isIpv4 } from "../../contract/isIpv4.ts";

function isPeer(text: string): boolean {
  const [ip = "", port = "", ...rest] = text.trim().split(":");
  return rest.length === 0 && isIpv4(ip) && /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
}

/** True for `ip:port` entries with commas between, and for an empty text. */
export function isPeerList(text: string): boolean {
  return text.trim() === "" || text.split(",").every((entry) => isPeer(entry));
}
