import type { KubeObject } from "../../kube/KubeObject.ts";

/** How to have a pod made anew. */
export function restartAdvice(pod: KubeObject): string {
  const { namespace = "default", name = "", ownerReferences = [] } = pod.metadata;
  const owner = ownerReferences.find(({ controller }) => controller === true);
  if (owner?.kind === "StatefulSet" || owner?.kind === "DaemonSet")
    return `kubectl -n ${namespace} rollout restart ${owner.kind.toLowerCase()}/${owner.name}`;
  if (owner) return `kubectl -n ${namespace} delete pod ${name} (its ${owner.kind} makes it anew)`;
  return `delete pod ${name} and create it again: nothing else does`;
}
