import type { KubeApi } from "../../../kube/KubeApi.ts";

/** An API with a namespace that belongs to the suite alone, and the rights of an administrator. */
export interface ConformanceTarget {
  readonly api: KubeApi;
  /** Has a service account `default`. */
  readonly namespace: string;
  /** Makes the server forget the history of ConfigMaps up to now, where a test can make it do so. */
  readonly expire?: () => Promise<void>;
  close(): Promise<void>;
}
