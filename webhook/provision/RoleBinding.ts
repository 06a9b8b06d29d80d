import type { KubeObject } from "../../kube/KubeObject.ts";

export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
}

/** A RoleBinding or ClusterRoleBinding (rbac.authorization.k8s.io/v1). */
export interface RoleBinding extends KubeObject {
  readonly subjects?: readonly Subject[];
  /** Can't be changed once it is there. */
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
}
