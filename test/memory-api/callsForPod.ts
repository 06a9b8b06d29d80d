import { matchesLabelSelector } from "./matchesLabelSelector.ts";
import type { MutatingWebhook } from "./MutatingWebhook.ts";

type Labels = Readonly<Record<string, string>> | undefined;

function names(list: readonly string[] | undefined, wanted: string): boolean {
  return list?.some((entry) => entry === "*" || entry === wanted) ?? false;
}

/**
 * Whether a webhook is called when a pod of these labels is created in a namespace of those. Its matchConditions are
 * CEL and are not evaluated here: they count as met, so that it is called for more pods than on a real server.
 */
export function callsForPod(webhook: MutatingWebhook, pod: Labels, namespace: Labels): boolean {
  const { rules = [], namespaceSelector = {}, objectSelector = {} } = webhook;
  const ruled = rules.some(
    ({ apiGroups, apiVersions, operations, resources, scope = "*" }) =>
      names(apiGroups, "") &&
      names(apiVersions, "v1") &&
      names(operations, "CREATE") &&
      (names(resources, "pods") || names(resources, "*/*")) &&
      scope !== "Cluster",
  );
  return (
    ruled && matchesLabelSelector(namespaceSelector, namespace) && matchesLabelSelector(objectSelector, pod)
  );
}
