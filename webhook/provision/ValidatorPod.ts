import type { KubeObject } from "../../kube/KubeObject.ts";
import type { PodContainer } from "../inject/Pod.ts";

/** The parts of a live Pod (core/v1) that tell whether it has the agent that it should have. */
export interface ValidatorPod extends KubeObject {
  readonly spec: {
    readonly containers: readonly PodContainer[];
    readonly initContainers?: readonly PodContainer[];
    readonly serviceAccountName?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}
