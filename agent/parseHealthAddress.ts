import { isIP, isIPv6 } from "node:net";
import type { AgentSettings } from "./AgentSettings.ts";
import { parsePort } from "./parsePort.ts";

/** Reads `IPv4:port`, `[IPv6]:port` or `localhost:port`; undefined if it is none. Port 0 is any free one. */
export function parseHealthAddress(text: string): AgentSettings["health"] | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text);
  const [, ipv6, other, portText = ""] = match ?? [];
  const port = parsePort(portText);
  const host = ipv6 ?? other;
  if (port === undefined || host === undefined) return undefined;
  const valid = ipv6 === undefined ? host === "localhost" || isIP(host) === 4 : isIPv6(ipv6);
  return valid ? { host, port } : undefined;
}
