import type { KubeObject } from "../../kube/KubeObject.ts";

/** The parts of a Deployment (apps/v1) that are read here. */
export interface WebhookDeployment extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly {
          readonly name: string;
          readonly env?: readonly { readonly name: string; readonly value?: string }[];
        }[];
      };
    };
  };
  readonly status?: { readonly availableReplicas?: number };
}
