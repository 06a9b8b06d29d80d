import type { KubeObject } from "../../kube/KubeObject.ts";
import { ownLabels } from "./ownLabels.ts";

/** True when this provisioner made the object. */
export function isOwn(object: KubeObject, peersNamespace: string): boolean {
  return Object.entries(ownLabels(peersNamespace)).every(
    ([name, value]) => object.metadata.labels?.[name] === value,
  );
}
