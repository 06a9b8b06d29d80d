import type { KubeObject } from "../KubeObject.ts";

/** The election record (Kubernetes 1.37, coordination.k8s.io/v1 LeaseSpec). Times are RFC 3339 with microseconds. */
export interface LeaseSpec {
  /** Empty or absent: nobody holds it. */
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

export interface Lease extends KubeObject {
  readonly spec?: LeaseSpec;
}
