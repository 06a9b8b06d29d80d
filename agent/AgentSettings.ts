import type { Peer } from "../contract/Peer.ts";

export interface PodIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly ip: string;
}

/** All that an agent is told by its environment, checked and complete; durations in milliseconds. */
export interface AgentSettings {
  readonly pod: PodIdentity;
  /** Base URL of Core's admin HTTP, without a slash at its end. */
  readonly coreUrl: string;
  readonly corePeerPort: number;
  readonly peersNamespace: string;
  readonly peersConfigMap: string;
  readonly peersLease: string;
  readonly peersDirectory: string;
  readonly pollInterval: number;
  readonly discoverySource: "auto" | "stellarnodes" | "endpointslices";
  readonly discoverySelector: string;
  readonly staticPeers: readonly Peer[];
  readonly reload: "auto" | "http" | "connect" | "off";
  /** Path and query of config-reload. */
  readonly reloadPath: string;
  readonly maxDialedPeers: number;
  readonly health: { readonly host: string; readonly port: number };
  readonly logLevel: string;
}
