import type { KubeObject } from "../../kube/KubeObject.ts";

/** A write that the API server says took place. */
export interface AuditedWrite {
  readonly verb: string;
  /** `configmaps` or `leases`. */
  readonly resource: string;
  readonly namespace: string;
  /** UID of the pod whose token it was, if it was a pod's. */
  readonly pod: string | undefined;
  readonly user: string;
  /** Milliseconds since 1970, when it was asked for. */
  readonly at: number;
  /** What was stored; undefined where it was deleted. */
  readonly object: (KubeObject & { readonly data?: Readonly<Record<string, string>> }) | undefined;
}
