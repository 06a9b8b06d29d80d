import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Installation } from "../cluster/Installation.ts";
import type { Observed } from "../cluster/Observed.ts";
import type { ClusterPod } from "./ClusterPod.ts";

export interface PodSubject {
  readonly kind: string;
  readonly namespaceName: string;
  readonly name: string;
  /** As planInjection takes it. */
  readonly pod: unknown;
  /** The pod as it is in the cluster; absent for a manifest, which is judged as if it were applied now. */
  readonly live?: ClusterPod;
}

/** All that explaining a pod depends on. */
export interface PodObservation extends PodSubject {
  readonly namespace: Observed<KubeObject>;
  readonly installations: Observed<readonly Installation[]>;
  /** `minor` of the API server's version. */
  readonly serverMinor: number;
}
