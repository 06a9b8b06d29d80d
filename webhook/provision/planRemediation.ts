import { hasEnded } from "./hasEnded.ts";
import type { PodObservation } from "./PodObservation.ts";
import type { PodSurvey } from "./PodSurvey.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

export type RemediationPlan =
  | { readonly action: "nothing" }
  | { readonly action: "evict"; readonly pod: ValidatorPod }
  | { readonly action: "wait"; readonly reason: string };

/** Milliseconds between two evictions: a validator needs its time to catch up. */
const spacing = 60_000;

function isReady({ status }: ValidatorPod): boolean {
  return status?.conditions?.some(({ type, status: state }) => type === "Ready" && state === "True") ?? false;
}

function nameOf({ metadata }: ValidatorPod): string {
  return `${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
}

/** Pods that nobody would make again are never evicted. */
function isControlled({ metadata }: ValidatorPod): boolean {
  return metadata.ownerReferences?.some(({ controller }) => controller === true) ?? false;
}

/**
 * Which of the pods without an agent to evict next, if any: one at a time in the whole cluster, at most one a minute,
 * and only while all other validators of its namespace are ready and none is on its way out. Times are monotonic
 * milliseconds; `evictedAt` is -Infinity when none was evicted.
 */
export function planRemediation(
  { missing }: PodSurvey,
  { injected, bare }: PodObservation,
  evictedAt: number,
  now: number,
): RemediationPlan {
  const candidates = missing
    .filter(isControlled)
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  if (candidates.length === 0) return { action: "nothing" };
  if (now - evictedAt < spacing)
    return { action: "wait", reason: "the last eviction was less than a minute ago" };
  let reason = "";
  for (const pod of candidates) {
    const others = [...injected, ...bare].filter(
      ({ metadata }) => metadata.namespace === pod.metadata.namespace && metadata.uid !== pod.metadata.uid,
    );
    const unwell = others.find((other) => other.metadata.deletionTimestamp !== undefined || (!hasEnded(other) && !isReady(other))); // prettier-ignore
    if (!unwell) return { action: "evict", pod };
    reason = `${nameOf(unwell)} is not ready`;
  }
  return { action: "wait", reason };
}
