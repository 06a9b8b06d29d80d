import type { EventRecorder } from "../../kube/EventRecorder.ts";
import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import type { AdmissionRequest } from "./AdmissionReview.ts";

/**
 * An Event about a pod that asked for an agent in a way that can't be met: beside the warning, which only whoever made
 * the pod sees, and for a StatefulSet's pod nobody does. Nothing for a dry run. The pod need not exist, nor come to be.
 */
export function recordDecision(
  events: Pick<EventRecorder, "record">,
  { namespace, object, dryRun }: AdmissionRequest,
  decision: InjectionDecision,
): void {
  if (dryRun || decision.action === "inject") return;
  if (decision.warnings.length === 0 && decision.action !== "reject") return;
  const { name, generateName } =
    (object as { metadata?: { name?: string; generateName?: string } } | null)?.metadata ?? {};
  const regarding = {
    apiVersion: "v1",
    kind: "Pod",
    namespace,
    name: name ?? `${generateName ?? ""}unnamed`,
  };
  const event = { regarding, type: "Warning", action: "Inject", note: decision.detail } as const;
  if (decision.action === "reject") events.record({ ...event, reason: "PodRejected" });
  else events.record({ ...event, reason: "AgentNotInjected" });
}
