import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { ApiError } from "../../kube/ApiError.ts";
import type { Lease } from "../../kube/election/Lease.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

function epochOf(configMap: ConfigMap): number {
  const text = configMap.metadata.annotations?.[annotations.epoch] ?? "";
  return /^\d{1,10}$/.test(text) ? Number(text) : -1;
}

function refuse(allowed: boolean, message: string): void {
  if (!allowed) throw new ApiError({ status: 422, reason: "Invalid", message: `denied request: ${message}` });
}

/** What the chart's two ValidatingAdmissionPolicies let a caller that is a pod do. */
export const fence = {
  /** Throws the server's refusal. */
  publication: (caller: string, before: ConfigMap, after: ConfigMap, lease: Lease | undefined): void => {
    refuse(lease !== undefined, "there is no lease");
    const epoch = epochOf(after);
    refuse((lease?.spec?.holderIdentity ?? "") === caller, `the lease is not held by ${caller}`);
    refuse(epoch === (lease?.spec?.leaseTransitions ?? 0), `epoch ${epoch} is not that of the lease`);
    refuse(epoch >= epochOf(before), `epoch ${epoch} is behind the stored one`);
    refuse(
      after.data?.[configMapKeys.revision]?.startsWith(`${epoch}.`) ?? false,
      "the revision does not belong to the epoch",
    );
  },

  lease: (caller: string, before: Lease, after: Lease): void => {
    const [from, to] = [before.spec?.holderIdentity ?? "", after.spec?.holderIdentity ?? ""];
    refuse(to === caller || (to === "" && from === caller), "held by another");
    const expected = (before.spec?.leaseTransitions ?? 0) + (to === "" || to === from ? 0 : 1);
    refuse((after.spec?.leaseTransitions ?? 0) === expected, "leaseTransitions");
  },
};
