import type { KubeObject } from "../../kube/KubeObject.ts";

/** A container's state (core/v1 ContainerStatus), as far as it is read here. */
export interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly running?: unknown;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
  };
}

/** The parts of a Pod (core/v1) that explain reads; injection has its own idea of it. */
export interface ClusterPod extends KubeObject {
  readonly spec?: {
    readonly containers?: readonly { readonly name: string }[];
    readonly initContainers?: readonly { readonly name: string }[];
  };
  readonly status?: {
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}
