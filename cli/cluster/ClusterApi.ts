import type { CallOptions, KubeApi } from "../../kube/KubeApi.ts";

/** What the commands ask of the API server: nothing is ever written. */
export interface ClusterApi extends Pick<KubeApi, "get" | "list"> {
  minorVersion(options: CallOptions): Promise<number>;
}
