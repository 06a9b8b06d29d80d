import { isAbsolute } from "node:path";
import { isIP } from "node:net";
import { parseDuration } from "../contract/parseDuration.ts";
import { ConfigurationError } from "../runtime/ConfigurationError.ts";
import type { AgentSettings } from "./AgentSettings.ts";
import { EnvironmentReader } from "./EnvironmentReader.ts";
import { isLabelSelector } from "../contract/isLabelSelector.ts";
import { parseHealthAddress } from "./parseHealthAddress.ts";
import { parsePort } from "./parsePort.ts";
import { parseStaticPeers } from "./parseStaticPeers.ts";

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function isName(text: string): boolean {
  return text.length <= 253 && dnsSubdomain.test(text);
}

function isNamespace(text: string): boolean {
  return dnsLabel.test(text);
}

function parseCoreUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== "http:" || url.search !== "" || url.hash !== "" || url.username !== "")
    return undefined;
  return url.href.replace(/\/+$/, "");
}

function parsePollInterval(text: string): number | undefined {
  const milliseconds = parseDuration(text);
  return milliseconds !== undefined && milliseconds >= 1_000 && milliseconds <= 600_000
    ? milliseconds
    : undefined;
}

function parseMaxDialedPeers(text: string): number | undefined {
  return /^([1-9]\d{0,2}|1000)$/.test(text) ? Number(text) : undefined;
}

/**
 * Reads the agent's environment (see agentEnvironment) into settings, frozen. An empty variable is an absent one, and
 * variables of other names are none of its business.
 * Throws one ConfigurationError that names all that is wrong: each variable, its value and what is allowed.
 */
export function parseAgentSettings(environment: Readonly<Record<string, string | undefined>>): AgentSettings {
  const reader = new EnvironmentReader(environment);
  const settings: AgentSettings = {
    pod: Object.freeze({
      name: reader.text("POD_NAME", isName),
      namespace: reader.text("POD_NAMESPACE", isNamespace),
      uid: reader.text("POD_UID", (text) => /^[-A-Za-z0-9]{1,128}$/.test(text)),
      ip: reader.text("POD_IP", (text) => isIP(text) !== 0),
    }),
    coreUrl: reader.read("CORE_URL", "", parseCoreUrl),
    corePeerPort: reader.read("CORE_PEER_PORT", 0, (text) => parsePort(text) || undefined),
    peersNamespace: reader.text("PEERS_NAMESPACE", isNamespace),
    peersConfigMap: reader.text("PEERS_CONFIGMAP", isName),
    peersLease: reader.text("PEERS_LEASE", isName),
    peersDirectory: reader.text("PEERS_DIR", isAbsolute),
    pollInterval: reader.read("POLL_INTERVAL", 0, parsePollInterval),
    discoverySource: reader.choice("DISCOVERY_SOURCE", ["auto", "stellarnodes", "endpointslices"]),
    discoverySelector: reader.text("DISCOVERY_SELECTOR", isLabelSelector),
    staticPeers: Object.freeze(reader.read("STATIC_PEERS", [], parseStaticPeers)),
    reload: reader.choice("RELOAD", ["auto", "http", "connect", "off"]),
    reloadPath: reader.text("RELOAD_PATH", (text) => /^\/[\x21-\x7e]*$/.test(text)),
    maxDialedPeers: reader.read("MAX_DIALED_PEERS", 0, parseMaxDialedPeers),
    health: Object.freeze(reader.read("HEALTH_ADDRESS", { host: "", port: 0 }, parseHealthAddress)),
    logLevel: reader.choice("LOG_LEVEL", ["info", "fatal", "error", "warn", "debug", "trace", "silent"]),
  };
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems);
  return Object.freeze(settings);
}
