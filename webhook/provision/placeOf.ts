import type { KubeObject } from "../../kube/KubeObject.ts";

/** `Kind NAMESPACE/NAME`, or `Kind NAME`: what people are told, and the same for every state of one object. */
export function placeOf({ kind, metadata }: KubeObject): string {
  const { namespace, name = "" } = metadata;
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
