/** Labels that the project reads or writes. */
export const labels = {
  /** On a namespace or a pod: `enabled` or `disabled`. */
  injection: "peer-discovery.stellar.org/injection",
  /** On an injected pod: `"true"`. */
  injected: "peer-discovery.stellar.org/injected",
  /** On what the webhook and its provisioner made: `stellar-peer-discovery`. */
  managedBy: "app.kubernetes.io/managed-by",
  /** On what the provisioner made: the namespace of the peer list that it is for. */
  provisionedFor: "peer-discovery.stellar.org/provisioned-for",
  /** Set by the operator on pods and Services: `Validator`, letter case ignored. */
  nodeType: "stellar.org/node-type",
  /** Set by the operator on pods and Services: the network's name. */
  network: "stellar-network",
  /** Set by Kubernetes on an EndpointSlice: its Service's name. */
  serviceName: "kubernetes.io/service-name",
} as const;
