import type { ServiceAccount } from "./ServiceAccount.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

/** Nobody's when the pod has run to its end. */
export function readServiceAccount({ metadata, spec, status }: ValidatorPod): readonly ServiceAccount[] {
  const ended = status?.phase === "Succeeded" || status?.phase === "Failed";
  if (ended || metadata.namespace === undefined) return [];
  return [{ namespace: metadata.namespace, name: spec.serviceAccountName ?? "default" }];
}
