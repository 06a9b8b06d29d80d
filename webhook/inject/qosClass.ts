import { parseQuantity } from "./parseQuantity.ts";
import type { Pod, PodResources, Quantities } from "./Pod.ts";

const counted = ["cpu", "memory"] as const;

function amount(quantities: Quantities, name: string): number {
  const value = quantities?.[name];
  return value === undefined ? 0 : (parseQuantity(String(value)) ?? 0);
}

function isGuaranteed(resources: PodResources | null | undefined): boolean {
  return counted.every((name) => {
    const limit = amount(resources?.limits, name);
    return limit > 0 && (amount(resources?.requests, name) || limit) === limit;
  });
}

function isBestEffort(resources: PodResources | null | undefined): boolean {
  return counted.every((name) => amount(resources?.limits, name) + amount(resources?.requests, name) === 0);
}

/**
 * The pod's QoS class by Kubernetes's rules (1.37, pkg/apis/core/v1/helper/qos): over all containers, init containers
 * among them, by CPU and memory only; resources of the pod itself, where it has them, decide alone.
 */
export function qosClass(pod: Pod): "Guaranteed" | "Burstable" | "BestEffort" {
  const all = pod.spec.resources
    ? [pod.spec.resources]
    : [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map((container) => container.resources);
  if (all.every((resources) => isBestEffort(resources))) return "BestEffort";
  return all.every((resources) => isGuaranteed(resources)) ? "Guaranteed" : "Burstable";
}
