import { names } from "../../contract/names.ts";
import type { AgentOptions } from "./AgentOptions.ts";
import type { InjectionSettings } from "./InjectionSettings.ts";

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

const fields = {
  POD_NAME: "metadata.name",
  POD_NAMESPACE: "metadata.namespace",
  POD_UID: "metadata.uid",
  POD_IP: "status.podIP",
} as const;

/** Kubernetes replaces `$(NAME)` in values, and `$$` by `$`. */
function literal(value: string): string {
  return value.replaceAll("$", "$$$$");
}

/** The injected container's environment, complete: an image of another version can't bring other defaults. */
export function agentEnvironment(options: AgentOptions, settings: InjectionSettings): EnvironmentVariable[] {
  const values: Readonly<Record<string, string>> = {
    CORE_URL: `http://127.0.0.1:${options.coreHttpPort}`,
    CORE_PEER_PORT: String(options.corePeerPort),
    PEERS_NAMESPACE: settings.peersNamespace,
    PEERS_CONFIGMAP: settings.peersConfigMap,
    PEERS_LEASE: settings.peersLease,
    PEERS_DIR: names.peersDirectory,
    POLL_INTERVAL: settings.pollInterval,
    DISCOVERY_SOURCE: settings.discoverySource,
    DISCOVERY_SELECTOR: settings.discoverySelector,
    ...(settings.staticPeers === "" ? {} : { STATIC_PEERS: settings.staticPeers }),
    RELOAD: options.reload,
    RELOAD_PATH: options.reloadPath,
    MAX_DIALED_PEERS: String(settings.maxDialedPeers),
    HEALTH_ADDRESS: `0.0.0.0:${options.healthPort}`,
    LOG_LEVEL: options.logLevel,
  };
  return [
    ...Object.entries(fields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    ...Object.entries(values).map(([name, value]) => ({ name, value: literal(value) })),
  ];
}
