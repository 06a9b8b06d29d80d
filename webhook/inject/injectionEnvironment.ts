/**
 * Environment variables that say what is injected, with what each is when absent: `undefined` means that it must be
 * given. The webhook and the command line tool read the same ones; the chart sets them.
 */
export const injectionEnvironment = {
  /** The agent's image. */
  AGENT_IMAGE: undefined,
  /** `Always`, `IfNotPresent` or `Never`. */
  AGENT_IMAGE_PULL_POLICY: "IfNotPresent",
  AGENT_CPU_REQUEST: "10m",
  /** Only for pods whose containers all have CPU limits. */
  AGENT_CPU_LIMIT: "100m",
  AGENT_MEMORY_REQUEST: "64Mi",
  AGENT_MEMORY_LIMIT: "128Mi",
  /** User of the agent in pods that run as root. */
  AGENT_RUN_AS_USER: "65532",
  AGENT_CORE_HTTP_PORT: "11626",
  AGENT_CORE_PEER_PORT: "11625",
  AGENT_HEALTH_PORT: "11627",
  AGENT_POLL_INTERVAL: "30s",
  /** `auto`, `stellarnodes` or `endpointslices`. */
  AGENT_DISCOVERY_SOURCE: "auto",
  AGENT_DISCOVERY_SELECTOR: "stellar.org/node-type=Validator",
  /** `ip:port`, comma separated. */
  AGENT_STATIC_PEERS: "",
  /** `auto`, `http`, `connect` or `off`. */
  AGENT_RELOAD: "auto",
  AGENT_RELOAD_PATH: "/http-command?admin=true&command=config-reload",
  AGENT_MAX_DIALED_PEERS: "8",
  AGENT_LOG_LEVEL: "info",
  /** `auto`, `native` or `container`. */
  SIDECAR_MODE: "auto",
  /** `true`: deny pods with wrong annotations. */
  REJECT_INVALID: "false",
  PEERS_NAMESPACE: "stellar-system",
  PEERS_CONFIGMAP: "stellar-peers",
  PEERS_LEASE: "stellar-peers",
} as const;
