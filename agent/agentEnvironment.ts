import { names } from "../contract/names.ts";

export interface AgentVariable {
  /** What an absent or empty variable means; undefined: it must be set. */
  readonly fallback: string | undefined;
  /** What is allowed, as it follows "must be" in a message. */
  readonly allowed: string;
}

function variable(allowed: string, fallback?: string): AgentVariable {
  return { allowed, fallback };
}

/** Every variable of the agent's environment, by name. In a pod, the webhook sets the first four from its own fields. */
export const agentEnvironment = {
  POD_NAME: variable("a pod's name"),
  POD_NAMESPACE: variable("a namespace's name"),
  POD_UID: variable("a pod's uid"),
  POD_IP: variable("an IP address"),
  CORE_URL: variable("an http URL without query", "http://127.0.0.1:11626"),
  CORE_PEER_PORT: variable("a port from 1 to 65535", "11625"),
  PEERS_NAMESPACE: variable("a namespace's name", names.namespace),
  PEERS_CONFIGMAP: variable("a ConfigMap's name", names.configMap),
  PEERS_LEASE: variable("a Lease's name", names.lease),
  PEERS_DIR: variable("an absolute path", names.peersDirectory),
  POLL_INTERVAL: variable("a duration from 1s to 10m, such as 30s", "30s"),
  DISCOVERY_SOURCE: variable("auto, stellarnodes or endpointslices", "auto"),
  DISCOVERY_SELECTOR: variable("a label selector", "stellar.org/node-type=Validator"),
  STATIC_PEERS: variable("IPv4:port, several of them separated by commas", ""),
  RELOAD: variable("auto, http, connect or off", "auto"),
  RELOAD_PATH: variable(
    "a path that begins with / and has no white space",
    "/http-command?admin=true&command=config-reload",
  ),
  MAX_DIALED_PEERS: variable("a whole number from 1 to 1000", "8"),
  HEALTH_ADDRESS: variable("ADDRESS:port, such as 0.0.0.0:11627 or [::]:11627", "0.0.0.0:11627"),
  LOG_LEVEL: variable("fatal, error, warn, info, debug, trace or silent", "info"),
} as const satisfies Readonly<Record<string, AgentVariable>>;
