import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { loadKubeconfigFile } from "../../kube/loadKubeconfigFile.ts";
import { loadKubeConnection } from "../../kube/loadKubeConnection.ts";
import { ConfigurationError } from "../../runtime/ConfigurationError.ts";
import { systemClock as clock } from "../../runtime/systemClock.ts";
import type { Terminal } from "../Terminal.ts";

export interface Cluster {
  readonly api: HttpKubeApi;
  /** Of the current context. */
  readonly namespace: string;
}

function findKubeconfig(given: string | undefined, { environment }: Terminal): string | undefined {
  if (given !== undefined) return given;
  const files = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((file) => file !== "");
  if (files.length > 1)
    throw new ConfigurationError(["KUBECONFIG names several files; choose one with --kubeconfig FILE"]);
  const usual = join(environment["HOME"] ?? homedir(), ".kube", "config");
  return files[0] ?? (existsSync(usual) ? usual : undefined);
}

function contextNamespace(kubeconfig: string): string | undefined {
  const config = loadKubeconfigFile(kubeconfig);
  return config.getContextObject(config.getCurrentContext())?.namespace;
}

/**
 * The cluster of `--kubeconfig`, of KUBECONFIG, of ~/.kube/config, or around this pod, in that order.
 * @throws ConfigurationError
 */
export function openCluster(kubeconfig: string | undefined, terminal: Terminal): Cluster {
  const file = findKubeconfig(kubeconfig, terminal);
  const serviceHost = terminal.environment["KUBERNETES_SERVICE_HOST"];
  if (file === undefined && !serviceHost)
    throw new ConfigurationError(["there is no kubeconfig; give one with --kubeconfig FILE or KUBECONFIG"]);
  const connection = loadKubeConnection({
    clock,
    kubeconfig: file,
    serviceHost,
    servicePort: terminal.environment["KUBERNETES_SERVICE_PORT"],
  });
  const namespace = file === undefined ? undefined : contextNamespace(file);
  return { api: new HttpKubeApi({ connection, clock }), namespace: namespace || "default" };
}
