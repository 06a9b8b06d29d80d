import type { Installation } from "../../../cli/cluster/Installation.ts";
import type { Observed } from "../../../cli/cluster/Observed.ts";
import type { ClusterPod } from "../../../cli/explain/ClusterPod.ts";
import type { PodObservation } from "../../../cli/explain/PodObservation.ts";
import { labels } from "../../../contract/labels.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import { installation } from "../cluster/installation.ts";

const enabled = { [labels.injection]: "enabled" };

/** A namespace whose label was written at a time, by the server's records. */
export function namespaceObject(
  own: Readonly<Record<string, string>> = enabled,
  time = "2026-01-01T00:00:00Z",
): KubeObject {
  const owned = Object.fromEntries(Object.keys(own).map((key) => [`f:${key}`, {}]));
  const fields = { time, fieldsV1: { "f:metadata": { "f:labels": owned } } };
  const metadata = { name: "validators", labels: own, managedFields: [fields] };
  return { apiVersion: "v1", kind: "Namespace", metadata };
}

/** A validator's pod in the cluster, with no agent, owned by a StatefulSet. */
export function livePod(changes: Partial<ClusterPod["metadata"]> & Pick<ClusterPod, "spec" | "status"> = {}) {
  const { spec, status, ...metadata } = changes;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      namespace: "validators",
      name: "core-0",
      creationTimestamp: "2026-02-01T00:00:00Z",
      labels: { [labels.nodeType]: "Validator" },
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "StatefulSet", name: "core", uid: "1", controller: true },
      ],
      ...metadata,
    },
    spec: spec ?? { containers: [{ name: "stellar-core" }] },
    ...(status ? { status } : {}),
  } satisfies ClusterPod;
}

/** A look at a live pod in an enabled namespace under a healthy webhook, except for what a test says. */
export function podObservation(changes: Partial<PodObservation> = {}): PodObservation {
  const live = changes.live ?? livePod();
  const installations: Observed<readonly Installation[]> = { state: "seen", value: [installation()] };
  return {
    kind: "Pod",
    namespaceName: "validators",
    name: "core-0",
    pod: live,
    live,
    namespace: { state: "seen", value: namespaceObject() },
    installations,
    serverMinor: 37,
    ...changes,
  };
}
