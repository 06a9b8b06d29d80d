/** Names of what is injected and of the shared objects, by default. */
export const names = {
  namespace: "stellar-system",
  configMap: "stellar-peers",
  lease: "stellar-peers",
  /** Value of the label managed-by on what the webhook and its provisioner made. */
  manager: "stellar-peer-discovery",
  container: "peer-agent",
  peersVolume: "stellar-peers",
  peersDirectory: "/etc/stellar-peers",
  tokenVolume: "peer-agent-token",
  tokenDirectory: "/var/run/secrets/kubernetes.io/serviceaccount",
} as const;
