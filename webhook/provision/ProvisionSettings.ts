/** What the provisioner has to provide, and under which names. */
export interface ProvisionSettings {
  readonly peersNamespace: string;
  readonly peersConfigMap: string;
  readonly peersLease: string;
  /** Ports of the API server that a NetworkPolicy lets agents reach; none: no policy is made. */
  readonly apiPorts: readonly number[];
  /** Of the roles that are bound to agents: ClusterRole, Role in the peers' namespace, ClusterRole for each namespace. */
  readonly roles: { readonly cluster: string; readonly peers: string; readonly events: string };
}
