import { accessSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Clock } from "../runtime/Clock.ts";
import { ConfigurationError } from "../runtime/ConfigurationError.ts";
import { KubeConfigConnection } from "./KubeConfigConnection.ts";
import type { KubeConnection } from "./KubeConnection.ts";
import { loadKubeconfigFile } from "./loadKubeconfigFile.ts";

export interface KubeConnectionSettings {
  readonly clock: Clock;
  /** Path of a kubeconfig file, such as KUBECONFIG names; counts before the pod's own account. */
  readonly kubeconfig?: string | undefined;
  /** KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT, as the kubelet sets them. */
  readonly serviceHost?: string | undefined;
  readonly servicePort?: string | undefined;
  /** Where `token` and `ca.crt` are mounted. */
  readonly accountDirectory?: string | undefined;
}

const mounted = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * The connection that a kubeconfig or the pod's service account describes, read and authenticated by client-node
 * (tokens, certificates, exec plugins). Throws ConfigurationError when there is neither, or it can't be used.
 */
export function loadKubeConnection(settings: KubeConnectionSettings): KubeConnection {
  const load = loader(settings);
  try {
    return new KubeConfigConnection(load, settings.clock);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const source = settings.kubeconfig ?? "the pod's service account";
    const detail = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([`${source} can't be used to reach the API server: ${detail}`]);
  }
}

function loader(settings: KubeConnectionSettings): () => KubeConfig {
  const { kubeconfig } = settings;
  return kubeconfig ? () => loadKubeconfigFile(kubeconfig) : fromPod(settings);
}

function fromPod(settings: KubeConnectionSettings): () => KubeConfig {
  const { serviceHost: host, servicePort: port, accountDirectory: directory = mounted } = settings;
  if (!host || !port) {
    throw new ConfigurationError(["not in a pod (KUBERNETES_SERVICE_HOST is not set), and no KUBECONFIG"]);
  }
  const tokenFile = join(directory, "token");
  const caFile = join(directory, "ca.crt");
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return () => {
    for (const file of [tokenFile, caFile]) accessSync(file);
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: "cluster", server, caFile, skipTLSVerify: false },
      { name: "pod", authProvider: { name: "tokenFile", config: { tokenFile } } },
    );
    return config;
  };
}
