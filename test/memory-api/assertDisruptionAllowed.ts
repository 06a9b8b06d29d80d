import { matchesLabelSelector, type LabelSelector } from "./matchesLabelSelector.ts";
import { refusals } from "./refusals.ts";
import type { StoredObject } from "./StoredObject.ts";

const undisturbed = new Set(["Pending", "Succeeded", "Failed"]);

/**
 * Throws the server's 429 when a PodDisruptionBudget keeps the pod from being evicted. As on a real server what
 * counts is the budget's status, which only a controller, or a test in its place, writes: there is none here. Pods that
 * do not run may always be evicted.
 */
export function assertDisruptionAllowed(pod: StoredObject, budgets: readonly StoredObject[]): void {
  const { phase = "" } = (pod["status"] ?? {}) as { readonly phase?: string };
  if (undisturbed.has(phase) || pod.metadata.deletionTimestamp !== undefined) return;
  for (const { metadata, spec, status } of budgets) {
    const { selector } = (spec ?? {}) as { readonly selector?: LabelSelector };
    if (!selector || !matchesLabelSelector(selector, pod.metadata.labels)) continue;
    const { disruptionsAllowed = 0 } = (status ?? {}) as { readonly disruptionsAllowed?: number };
    if (disruptionsAllowed <= 0)
      throw refusals.disrupted(
        `Cannot evict pod as it would violate the pod's disruption budget ${metadata.name}.`,
      );
  }
}
