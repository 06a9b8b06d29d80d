/** Annotations that the project reads or writes; the first group sets one pod's agent. */
export const annotations = {
  coreHttpPort: "peer-discovery.stellar.org/core-http-port",
  corePeerPort: "peer-discovery.stellar.org/core-peer-port",
  reload: "peer-discovery.stellar.org/reload",
  reloadPath: "peer-discovery.stellar.org/reload-path",
  logLevel: "peer-discovery.stellar.org/log-level",
  healthPort: "peer-discovery.stellar.org/health-port",
  agentImage: "peer-discovery.stellar.org/agent-image",
  agentCpuRequest: "peer-discovery.stellar.org/agent-cpu-request",
  agentMemoryRequest: "peer-discovery.stellar.org/agent-memory-request",
  agentMemoryLimit: "peer-discovery.stellar.org/agent-memory-limit",

  /** On an injected pod: the version of the webhook that injected it. */
  injectedVersion: "peer-discovery.stellar.org/injected-version",
  /** On a StellarNode (or, with source `endpointslices`, a Service): `pod`, `external` or an IPv4 address. */
  advertiseAddress: "peer-discovery.stellar.org/advertise-address",

  /** On the ConfigMap: the epoch, the writer's Lease identity, the revision, and SHA-256 of peers.json in hex. */
  epoch: "peer-discovery.stellar.org/epoch",
  holder: "peer-discovery.stellar.org/holder",
  revision: "peer-discovery.stellar.org/revision",
  hash: "peer-discovery.stellar.org/hash",
} as const;
