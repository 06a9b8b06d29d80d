const octet = "(25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]?\\d)";
const pattern = new RegExp(`^${octet}(\\.${octet}){3}$`);

/** True for dotted IPv4 without leading zeros; a hostname or an IPv6 address is not one. */
export function isIpv4(text: string): boolean {
  return pattern.test(text);
}
