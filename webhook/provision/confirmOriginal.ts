import { ApiError } from "../../kube/ApiError.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";

/**
 * The observation, with the list as the API has it now besides; undefined when the list has gone and the watch does not
 * know yet: what it is about to show is the last that anybody may learn. A Lease that is made anew goes on from the list's epoch,
 * and a watch may be a while behind: an epoch that was written in would begin a second time. Rejects with an ApiError.
 */
export async function confirmOriginal(
  api: KubeApi,
  observed: ProvisionObservation,
  { peersNamespace: namespace, peersConfigMap: name }: ProvisionSettings,
  signal: AbortSignal,
): Promise<ProvisionObservation | undefined> {
  try {
    const original = await api.get<ConfigMap>(
      { apiVersion: "v1", kind: "ConfigMap", namespace, name },
      { signal },
    );
    return { ...observed, confirmed: original };
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
    return observed.original ? undefined : observed;
  }
}
