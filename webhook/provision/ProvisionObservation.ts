import type { ConfigMap } from "./ConfigMap.ts";
import type { NetworkPolicy } from "./NetworkPolicy.ts";
import type { RoleBinding } from "./RoleBinding.ts";
import type { ServiceAccount } from "./ServiceAccount.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

/** What the API shows of all that the provisioner looks after. */
export interface ProvisionObservation {
  /** Enabled and not about to go. */
  readonly namespaces: readonly string[];
  /** Of injected pods, in whatever namespace. */
  readonly accounts: readonly ServiceAccount[];
  readonly original: ConfigMap | undefined;
  /** Milliseconds since the original was last known to be that. */
  readonly originalAge: number;
  /** Milliseconds for which it has been shown as it is. */
  readonly originalUnchangedFor: number;
  /** The original as it was last seen, should it be gone; as it was before somebody edited it. */
  readonly remembered: ConfigMap | undefined;
  /** The original as it was asked for just now, where that matters. */
  readonly confirmed?: ConfigMap;
  readonly leasePresent: boolean;
  /** Pods with an agent, in whatever namespace. */
  readonly injected: readonly ValidatorPod[];
  /** All there are, where they are of interest. */
  readonly networkPolicies: readonly NetworkPolicy[];
  /** ConfigMaps, RoleBindings and ClusterRoleBindings with our labels. */
  readonly copies: readonly ConfigMap[];
  readonly bindings: readonly RoleBinding[];
}
