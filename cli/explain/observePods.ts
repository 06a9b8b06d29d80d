import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ClusterApi } from "../cluster/ClusterApi.ts";
import { observe } from "../cluster/observe.ts";
import { observeInstallations } from "../cluster/observeInstallations.ts";
import type { Observed } from "../cluster/Observed.ts";
import type { PodObservation, PodSubject } from "./PodObservation.ts";

function namespaceReader(api: ClusterApi, signal: AbortSignal) {
  const seen = new Map<string, Promise<Observed<KubeObject>>>();
  return (name: string): Promise<Observed<KubeObject>> => {
    const reference = { apiVersion: "v1", kind: "Namespace", name };
    const reading = seen.get(name) ?? observe(api.get<KubeObject>(reference, { signal }));
    seen.set(name, reading);
    return reading;
  };
}

/** Adds to each pod, or template, what the cluster says that its explanation depends on. */
export async function observePods(
  api: ClusterApi,
  subjects: readonly PodSubject[],
  signal: AbortSignal,
): Promise<readonly PodObservation[]> {
  const installations = await observeInstallations(api, signal);
  const serverMinor = await api.minorVersion({ signal });
  const readNamespace = namespaceReader(api, signal);
  const observations: PodObservation[] = [];
  for (const subject of subjects) {
    const namespace = await readNamespace(subject.namespaceName);
    observations.push({ ...subject, namespace, installations, serverMinor });
  }
  return observations;
}
