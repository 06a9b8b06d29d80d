import { labels } from "../../contract/labels.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { Installation } from "../cluster/Installation.ts";
import type { Observed } from "../cluster/Observed.ts";
import type { Finding } from "../findings/Finding.ts";
import { labelTime } from "./labelTime.ts";
import { restartAdvice } from "./restartAdvice.ts";

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

/** Why a pod that would get an agent now did not get one when it was created. */
export function historyFinding(
  pod: KubeObject,
  namespace: Observed<KubeObject>,
  installation: Installation | undefined,
): Finding {
  const created = Date.parse(pod.metadata.creationTimestamp ?? "");
  const action = restartAdvice(pod);
  const was = `the pod was created at ${time(created)}`;
  const labelled = namespace.state === "seen" ? labelTime(namespace.value, labels.injection) : undefined;
  if (labelled !== undefined && created < labelled)
    return {
      severity: "problem",
      code: "created-before-label",
      detail: `${was}, the namespace's label was last written at ${time(labelled)}`,
      action,
    };
  const installed = Date.parse(installation?.configuration.metadata.creationTimestamp ?? "");
  if (created < installed)
    return {
      severity: "problem",
      code: "created-before-webhook",
      detail: `${was}, the webhook's configuration at ${time(installed)}`,
      action,
    };
  return {
    severity: "problem",
    code: "webhook-was-away",
    detail: `nothing else explains it: by the rules the pod has an agent, and a webhook that can't be reached is passed over`,
    action: `${action}; if that changes nothing, look into the webhook's logs`,
  };
}
