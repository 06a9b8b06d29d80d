import { randomUUID } from "node:crypto";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";

interface Deployment extends KubeObject {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly {
          readonly env?: readonly {
            readonly name: string;
            readonly value?: string;
            readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
          }[];
        }[];
      };
    };
  };
}

export interface DeployedEnvironment {
  readonly serviceAccountName: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the chart's Deployment `name` tells the webhook in its pod `pod`. */
export async function readDeployedEnvironment(
  api: Pick<KubeApi, "get">,
  { namespace, name, pod }: { readonly namespace: string; readonly name: string; readonly pod: string },
): Promise<DeployedEnvironment> {
  const reference = { apiVersion: "apps/v1", kind: "Deployment", namespace, name };
  const deployment = await api.get<Deployment>(reference, { signal: AbortSignal.timeout(30_000) });
  const { serviceAccountName, containers } = deployment.spec.template.spec;
  const fields: Readonly<Record<string, string>> = {
    "metadata.name": pod,
    "metadata.namespace": namespace,
    "metadata.uid": randomUUID(),
  };
  const environment: Record<string, string> = {};
  for (const { name, value, valueFrom } of containers[0]?.env ?? [])
    environment[name] = value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ""] ?? "";
  return { serviceAccountName, environment };
}
