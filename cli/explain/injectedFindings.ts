import { names } from "../../contract/names.ts";
import { describeOutdatedAgent } from "../../webhook/inject/describeOutdatedAgent.ts";
import type { InjectionDecision } from "../../webhook/inject/InjectionDecision.ts";
import type { InjectionSettings } from "../../webhook/inject/InjectionSettings.ts";
import { readPod } from "../../webhook/inject/readPod.ts";
import type { Finding } from "../findings/Finding.ts";
import type { ClusterPod } from "./ClusterPod.ts";
import { nextSteps } from "./nextSteps.ts";
import { restartAdvice } from "./restartAdvice.ts";

export interface InjectedPod {
  readonly live: ClusterPod;
  /** What the webhook would say of the pod now. */
  readonly decision: InjectionDecision;
  /** The webhook's, with version and image `unknown` where they can't be seen. */
  readonly settings: InjectionSettings;
}

function stateFindings(pod: ClusterPod): readonly Finding[] {
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  const state = statuses.find(({ name }) => name === names.container)?.state;
  if (!state || state.running !== undefined) return [];
  const { waiting, terminated } = state;
  const detail = waiting
    ? `container ${names.container} waits: ${[waiting.reason, waiting.message].filter(Boolean).join(": ")}`
    : `container ${names.container} has ended: ${terminated?.reason ?? ""} (exit code ${terminated?.exitCode ?? "unknown"})`;
  const { namespace = "default", name = "" } = pod.metadata;
  const action = /ImagePull|InvalidImage|ErrImage/.test(waiting?.reason ?? "")
    ? "check the chart's agent.image, and that the pod's imagePullSecrets reach its registry"
    : `kubectl -n ${namespace} logs ${name} -c ${names.container}`;
  return [{ severity: "problem", code: "agent-not-running", detail, action }];
}

/** What is to be said of a pod in the cluster that has an agent. */
export function injectedFindings({ live, decision, settings }: InjectedPod): readonly Finding[] {
  const findings: Finding[] = [...stateFindings(live)];
  const outdated = describeOutdatedAgent(readPod(live) ?? {}, settings);
  if (decision.action !== "inject" && decision.reason !== "already-injected")
    findings.push({
      severity: "warning",
      code: "injection-ended",
      detail: `made anew it would have no agent: ${decision.reason} (${decision.detail})`,
      action: nextSteps[decision.reason].replace("NAMESPACE", live.metadata.namespace ?? "default"),
    });
  if (outdated !== undefined)
    findings.push({
      severity: "note",
      code: "agent-outdated",
      detail: `it ${outdated}`,
      action: restartAdvice(live),
    });
  return findings;
}
