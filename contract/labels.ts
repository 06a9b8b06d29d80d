/** Labels that the project reads or writes. */
export const labels = {
  /** On a namespace or a pod: `enabled` or `disabled`. */
  injection: "peer-discovery.stellar.org/injection",
  /** On an injected pod: `"true"`. */
  injected: "peer-discovery.stellar.org/injected",
  /** On a copy of the ConfigMap and on all else that the provisioner made: `provisioner`. */
  managedBy: "app.kubernetes.io/managed-by",
  /** Set by the operator on pods and Services: `Validator`, letter case ignored. */
  nodeType: "stellar.org/node-type",
  /** Set by the operator on pods and Services: the network's name. */
  network: "stellar-network",
  /** Set by Kubernetes on an EndpointSlice: its Service's name. */
  serviceName: "kubernetes.io/service-name",
} as const;
