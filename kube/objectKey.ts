import type { KubeObject } from "./KubeObject.ts";

/** `namespace/name`; of a cluster-wide object `/name`. */
export function objectKey(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name ?? ""}`;
}
