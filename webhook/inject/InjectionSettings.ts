export type SidecarMode = "auto" | "native" | "container";
export type ReloadMode = "auto" | "http" | "connect" | "off";

/** Quantities in Kubernetes's notation. Which of them a pod gets depends on its QoS class. */
export interface AgentResources {
  readonly cpuRequest: string;
  /** Used only where the pod's other containers have limits too. */
  readonly cpuLimit: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
}

/** What the injected container looks like, as far as the cluster's administrator says; a pod's annotations override it. */
export interface InjectionSettings {
  /** Written to the pod's annotation `injected-version`. */
  readonly version: string;
  readonly image: string;
  readonly imagePullPolicy: "Always" | "IfNotPresent" | "Never";
  readonly resources: AgentResources;
  /** For pods that run as root; others keep their own user, or the image's. */
  readonly runAsUser: number;
  readonly sidecarMode: SidecarMode;
  /** Deny a pod with a wrong annotation instead of admitting it without an agent. */
  readonly rejectInvalid: boolean;
  readonly peersNamespace: string;
  readonly peersConfigMap: string;
  readonly peersLease: string;
  readonly coreHttpPort: number;
  readonly corePeerPort: number;
  readonly healthPort: number;
  /** In Go's notation, such as `30s`. */
  readonly pollInterval: string;
  readonly discoverySource: "auto" | "stellarnodes" | "endpointslices";
  readonly discoverySelector: string;
  /** `ip:port`, comma separated; empty for none. */
  readonly staticPeers: string;
  readonly reload: ReloadMode;
  readonly reloadPath: string;
  readonly maxDialedPeers: number;
  readonly logLevel: string;
}
