import { annotations as names } from "../../contract/annotations.ts";
import type { AgentOptions } from "./AgentOptions.ts";
import { buildPatch } from "./buildPatch.ts";
import { decideEligibility } from "./decideEligibility.ts";
import { decideSidecar } from "./decideSidecar.ts";
import type { InjectionContext } from "./InjectionContext.ts";
import type { InjectionDecision } from "./InjectionDecision.ts";
import type { Pod } from "./Pod.ts";
import { qosClass } from "./qosClass.ts";
import { readAgentOptions } from "./readAgentOptions.ts";
import { readPod } from "./readPod.ts";
import type { SkipReason } from "./skipReasons.ts";

const consequence = "the pod starts without a peer agent";

function skip(reason: SkipReason, detail: string, warn = false): InjectionDecision {
  return { action: "skip", reason, detail, warnings: warn ? [`${detail}: ${consequence}`] : [] };
}

function refuse(reason: SkipReason, problems: readonly string[], reject: boolean): InjectionDecision {
  return {
    action: reject ? "reject" : "skip",
    reason,
    detail: problems.join("; "),
    warnings: reject ? [] : problems.map((problem) => `${problem}: ${consequence}`),
  };
}

function isPortTaken(pod: Pod, port: number): boolean {
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  return containers.some((container) =>
    container.ports?.some(
      ({ containerPort, protocol }) => containerPort === port && (protocol ?? "TCP") === "TCP",
    ),
  );
}

function resourceWarnings(pod: Pod, given: AgentOptions["resources"]): string[] {
  if (Object.keys(given).length === 0) return [];
  if (pod.spec.resources?.requests || pod.spec.resources?.limits)
    return ["annotations on the peer agent's resources have no effect: the pod has resources of its own"];
  if (qosClass(pod) !== "BestEffort") return [];
  return ["annotations on the peer agent's resources have no effect: the pod's QoS class stays BestEffort"];
}

function planEligible(pod: Pod, context: InjectionContext): InjectionDecision {
  const { settings } = context;
  const { options, problems } = readAgentOptions(pod.metadata?.annotations ?? {}, settings);
  if (problems.length > 0) return refuse("invalid-annotation", problems, settings.rejectInvalid);
  if (isPortTaken(pod, options.healthPort))
    return skip(
      "health-port-taken",
      `port ${options.healthPort} is another container's; annotation ${names.healthPort} chooses another`,
      true,
    );
  const sidecar = decideSidecar(settings.sidecarMode, pod.spec.restartPolicy, context.server.minor);
  if (sidecar.mode === "none") return skip("native-sidecar-unsupported", sidecar.detail, true);
  return {
    action: "inject",
    mode: sidecar.mode,
    patch: buildPatch(pod, sidecar.mode, options, settings),
    warnings: [
      ...(sidecar.warning === undefined ? [] : [sidecar.warning]),
      ...resourceWarnings(pod, options.resources),
    ],
  };
}

/**
 * Decides whether and how a pod, or a workload's pod template, gets an agent. Pure, and never throws, whatever `object`
 * is. Idempotent: a pod that was patched comes to `already-injected`, also when others have changed it since.
 */
export function planInjection(object: unknown, context: InjectionContext): InjectionDecision {
  const pod = readPod(object);
  if (!pod) return skip("malformed-pod", "metadata or spec is not that of a pod");
  const ineligible = decideEligibility(pod, context);
  if (ineligible?.reason === "invalid-label")
    return refuse("invalid-label", [ineligible.detail], context.settings.rejectInvalid);
  if (ineligible) return skip(ineligible.reason, ineligible.detail, ineligible.warn);
  return planEligible(pod, context);
}
