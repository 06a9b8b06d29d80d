import type { AgentOptions } from "./AgentOptions.ts";
import type { AgentResources } from "./InjectionSettings.ts";
import { parseQuantity } from "./parseQuantity.ts";
import type { Pod } from "./Pod.ts";
import { qosClass } from "./qosClass.ts";

export interface ContainerResources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

function larger(a: string, b: string): string {
  return (parseQuantity(a) ?? 0) >= (parseQuantity(b) ?? 0) ? a : b;
}

function smaller(a: string, b: string): string {
  return larger(a, b) === a ? b : a;
}

/** An annotation wins over a setting; of two that contradict each other then, the setting gives way. */
function combine(given: AgentOptions["resources"], settings: AgentResources): AgentResources {
  const memoryLimit = given.memoryLimit ?? larger(settings.memoryLimit, given.memoryRequest ?? "0");
  const cpuRequest = given.cpuRequest ?? settings.cpuRequest;
  return {
    cpuRequest,
    cpuLimit: larger(settings.cpuLimit, cpuRequest),
    memoryRequest: given.memoryRequest ?? smaller(settings.memoryRequest, memoryLimit),
    memoryLimit,
  };
}

function allHaveCpuLimits(pod: Pod): boolean {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].every(
    (container) => (container.resources?.limits?.["cpu"] ?? undefined) !== undefined,
  );
}

/**
 * The agent's requests and limits, such that the pod keeps its QoS class and its quota's rules:
 * BestEffort gets none; Guaranteed requests that equal the limits; Burstable a CPU limit only where all other containers
 * have one, since a ResourceQuota on `limits.cpu` refuses a pod with a container that lacks it. A pod with resources of
 * its own (`spec.resources`) gets none, since containers must fit into those: the agent shares them.
 * A LimitRange's minimum or maximum is not known here; it is met by the settings or the annotations.
 */
export function agentResources(
  pod: Pod,
  given: AgentOptions["resources"],
  settings: AgentResources,
): ContainerResources | undefined {
  if (pod.spec.resources?.requests || pod.spec.resources?.limits) return undefined;
  const quality = qosClass(pod);
  if (quality === "BestEffort") return undefined;
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = combine(given, settings);
  if (quality === "Guaranteed") {
    const both = { cpu: given.cpuRequest ?? cpuLimit, memory: memoryLimit };
    return { requests: both, limits: both };
  }
  return {
    requests: { cpu: cpuRequest, memory: memoryRequest },
    limits: { ...(allHaveCpuLimits(pod) ? { cpu: cpuLimit } : {}), memory: memoryLimit },
  };
}
