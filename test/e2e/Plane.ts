import type { KubeApi } from "../../kube/KubeApi.ts";

/** A control plane to play the main job on: the in-memory one or the real kube-apiserver. */
export interface Plane {
  readonly kind: "memory" | "real";
  /** As the cluster's administrator. */
  readonly api: KubeApi;
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  /** A kubeconfig file of the administrator, for people. */
  readonly kubeconfig: string;
  /** Puts the chart's objects on it, as `helm install` does, in this namespace. */
  readonly installChart: (namespace: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
