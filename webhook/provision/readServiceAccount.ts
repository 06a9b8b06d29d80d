import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ServiceAccount } from "./ServiceAccount.ts";

/** The parts of a Pod (core/v1) that tell whose rights it needs. */
export interface InjectedPod extends KubeObject {
  readonly spec?: { readonly serviceAccountName?: string };
  readonly status?: { readonly phase?: string };
}

/** Nobody's when the pod has run to its end. */
export function readServiceAccount({ metadata, spec, status }: InjectedPod): readonly ServiceAccount[] {
  const ended = status?.phase === "Succeeded" || status?.phase === "Failed";
  if (ended || metadata.namespace === undefined) return [];
  return [{ namespace: metadata.namespace, name: spec?.serviceAccountName ?? "default" }];
}
