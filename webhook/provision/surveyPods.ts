import { describeOutdatedAgent } from "../inject/describeOutdatedAgent.ts";
import type { InjectionSettings } from "../inject/InjectionSettings.ts";
import { planInjection } from "../inject/planInjection.ts";
import { hasEnded } from "./hasEnded.ts";
import type { PodObservation } from "./PodObservation.ts";
import type { PodSurvey } from "./PodSurvey.ts";

/**
 * Finds the pods that slipped through, because the webhook was away or the namespace was enabled after they were made,
 * and those whose agent is of another version or image: by the very function that decides on new pods.
 */
export function surveyPods(
  { namespaces, injected, bare }: PodObservation,
  settings: InjectionSettings,
  serverMinor: number,
): PodSurvey {
  const missing = bare.filter((pod) => {
    const { namespace = "" } = pod.metadata;
    const labels = namespaces.get(namespace);
    if (!labels || hasEnded(pod)) return false;
    const context = { settings, server: { minor: serverMinor }, namespace: { name: namespace, labels } };
    return planInjection(pod, context).action === "inject";
  });
  const outdated = injected.filter(
    (pod) =>
      namespaces.has(pod.metadata.namespace ?? "") &&
      !hasEnded(pod) &&
      describeOutdatedAgent(pod, settings) !== undefined,
  );
  return { missing, outdated };
}
