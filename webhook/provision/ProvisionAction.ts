import type { KubeObject } from "../../kube/KubeObject.ts";

/** One write. An update carries the resourceVersion of what it was planned on, a deletion the uid. */
export interface ProvisionAction {
  readonly verb: "create" | "update" | "delete";
  readonly object: KubeObject;
}
