import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import { ownLabels } from "./ownLabels.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";

/** It stands there three times: somebody may have edited any of them. */
function storedEpoch(configMap: ConfigMap | undefined): number {
  const { [annotations.epoch]: epoch = "", [annotations.revision]: stated = "" } =
    configMap?.metadata.annotations ?? {};
  const annotated = /^\d{1,10}$/.test(epoch) ? Number(epoch) : 0;
  const revisions = [configMap?.data?.[configMapKeys.revision] ?? "", stated];
  return Math.max(annotated, ...revisions.map((revision) => parseRevision(revision)?.epoch ?? 0));
}

/**
 * The agents' Lease, when it is missing, held by nobody. It goes on from the epoch that stands in the ConfigMap: from 0,
 * the next leader's epoch would be behind, and every write of it refused.
 */
export function planLease(
  observed: ProvisionObservation,
  { peersNamespace, peersLease }: ProvisionSettings,
): readonly ProvisionAction[] {
  if (observed.leasePresent) return [];
  const { confirmed, copies, original, remembered } = observed;
  const epochs = [confirmed, original, remembered, ...copies].map(storedEpoch);
  const object: KubeObject & { readonly spec: { readonly leaseTransitions: number } } = {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { namespace: peersNamespace, name: peersLease, labels: ownLabels(peersNamespace) },
    spec: { leaseTransitions: Math.max(0, ...epochs) },
  };
  return [{ verb: "create", object }];
}
