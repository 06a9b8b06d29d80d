import type { KubeObject } from "../../kube/KubeObject.ts";

/** What the judgement goes by, of an object of any kind. */
export interface AuditedObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly suspended?: boolean };
}

/** A write that the API server says took place. */
export interface AuditedWrite {
  readonly verb: string;
  /** `configmaps`, `leases` or `stellarnodes`. */
  readonly resource: string;
  readonly namespace: string;
  /** UID of the pod whose token it was, if it was a pod's. */
  readonly pod: string | undefined;
  readonly user: string;
  /** Milliseconds since 1970, when it was asked for. */
  readonly at: number;
  /** The same, when it was answered. */
  readonly answered: number;
  /** What was stored; undefined where it was deleted. */
  readonly object: AuditedObject | undefined;
}
