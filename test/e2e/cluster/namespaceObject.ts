import { labels } from "../../../contract/labels.ts";
import { clusterNames } from "./clusterNames.ts";

/** A namespace of the run. Pods in an injected one must pass Pod Security `restricted`. */
export function namespaceObject(name: string, injected: boolean): object {
  const restricted = {
    [labels.injection]: "enabled",
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": "latest",
  };
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { [clusterNames.label]: "true", ...(injected ? restricted : {}) } },
  };
}
