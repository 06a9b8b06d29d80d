import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";

/** Whether a pod has an agent, as far as its labels say. */
export function isInjected({ metadata }: KubeObject): boolean {
  return metadata.labels?.[labels.injected] === "true";
}
