import type { CallOptions, KubeApi } from "../../kube/KubeApi.ts";

/** What the commands ask of the API server: nothing is ever written. */
export interface ClusterApi extends Pick<KubeApi, "get" | "list"> {
  /** GET of a path of a pod's own HTTP server, through the API server; its answer's JSON. */
  proxyPod(
    pod: { readonly namespace: string; readonly name: string; readonly port: number },
    path: string,
    options: CallOptions,
  ): Promise<unknown>;
  minorVersion(options: CallOptions): Promise<number>;
}
