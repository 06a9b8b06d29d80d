import type { KubeObject } from "../../kube/KubeObject.ts";
import type { LabelSelector } from "../../kube/LabelSelector.ts";

/** The parts of a NetworkPolicy (networking.k8s.io/v1) that tell whom it keeps from what. */
export interface NetworkPolicy extends KubeObject {
  readonly spec: {
    readonly podSelector?: LabelSelector;
    /** Absent: Ingress, and Egress where there are egress rules. */
    readonly policyTypes?: readonly string[];
    readonly egress?: readonly {
      readonly ports?: readonly { readonly protocol?: string; readonly port?: number | string }[];
      readonly to?: readonly unknown[];
    }[];
  };
}
