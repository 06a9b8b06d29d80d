import { planBindings } from "./planBindings.ts";
import { planCopies } from "./planCopies.ts";
import { planLease } from "./planLease.ts";
import { planOriginal } from "./planOriginal.ts";
import { planNetworkPolicies } from "./planNetworkPolicies.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";

/**
 * All that has to be written so that the cluster is as it should be: nothing when it is. Only objects with our labels
 * are changed or deleted; that something else stands where ours should be shows when it is created. What is on its way
 * out already, held by a finalizer, is not deleted again.
 */
export function planProvision(
  observed: ProvisionObservation,
  settings: ProvisionSettings,
): readonly ProvisionAction[] {
  const actions = [
    ...planOriginal(observed, settings),
    ...planLease(observed, settings),
    ...planCopies(observed, settings),
    ...planBindings(observed, settings),
    ...planNetworkPolicies(observed, settings),
  ];
  return actions.filter(
    ({ verb, object }) => verb !== "delete" || object.metadata.deletionTimestamp === undefined,
  );
}
