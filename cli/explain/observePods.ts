import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ClusterApi } from "../cluster/ClusterApi.ts";
import { observe } from "../cluster/observe.ts";
import { observeInstallations } from "../cluster/observeInstallations.ts";
import type { Observed } from "../cluster/Observed.ts";
import type { PodTemplate } from "../manifest/PodTemplate.ts";
import type { ClusterPod } from "./ClusterPod.ts";
import type { PodObservation } from "./PodObservation.ts";

type Subject = Pick<PodObservation, "kind" | "namespaceName" | "name" | "pod" | "live">;

function namespaceReader(api: ClusterApi, signal: AbortSignal) {
  const seen = new Map<string, Promise<Observed<KubeObject>>>();
  return (name: string): Promise<Observed<KubeObject>> => {
    const reference = { apiVersion: "v1", kind: "Namespace", name };
    const reading = seen.get(name) ?? observe(api.get<KubeObject>(reference, { signal }));
    seen.set(name, reading);
    return reading;
  };
}

async function surround(
  api: ClusterApi,
  subjects: readonly Subject[],
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

/** What explaining asks of the cluster: for one pod in it, or for what manifests would make there. */
export const observePods = {
  async live(api: ClusterApi, namespace: string, name: string, signal: AbortSignal): Promise<PodObservation> {
    const live = await api.get<ClusterPod>({ apiVersion: "v1", kind: "Pod", namespace, name }, { signal });
    const subject = { kind: "Pod", namespaceName: namespace, name, pod: live, live };
    const [observation] = await surround(api, [subject], signal);
    return observation as PodObservation;
  },

  async planned(
    api: ClusterApi,
    templates: readonly PodTemplate[],
    namespace: string,
    signal: AbortSignal,
  ): Promise<readonly PodObservation[]> {
    const subjects = templates.map((template) => ({
      kind: template.kind,
      namespaceName: template.namespace ?? namespace,
      name: template.name,
      pod: template.pod,
    }));
    return surround(api, subjects, signal);
  },
};
