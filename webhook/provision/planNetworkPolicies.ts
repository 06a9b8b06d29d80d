import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import { matchesSelector } from "../../kube/matchesSelector.ts";
import { hasEnded } from "./hasEnded.ts";
import { isOwn } from "./isOwn.ts";
import type { NetworkPolicy } from "./NetworkPolicy.ts";
import { ownLabels } from "./ownLabels.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

function limitsEgress({ spec }: NetworkPolicy): boolean {
  return spec.policyTypes ? spec.policyTypes.includes("Egress") : (spec.egress?.length ?? 0) > 0;
}

function wantedPolicy(namespace: string, settings: ProvisionSettings): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { namespace, name: names.container, labels: ownLabels(settings.peersNamespace) },
    spec: {
      podSelector: { matchLabels: { [labels.injected]: "true" } },
      policyTypes: ["Egress"],
      egress: [{ ports: settings.apiPorts.map((port) => ({ protocol: "TCP", port })) }],
    },
  };
}

/**
 * On request, lets agents reach the API server where a NetworkPolicy keeps their pods from it. Policies add up, but the
 * first one that speaks of egress closes all else: so ours stands only in namespaces where every injected pod is under
 * another one's egress rules already, and goes with those. It stays while all pods of a namespace are made again, as
 * long as such rules are there: it would otherwise be missing when their agents start.
 */
export function planNetworkPolicies(
  { namespaces, injected, networkPolicies }: ProvisionObservation,
  settings: ProvisionSettings,
): readonly ProvisionAction[] {
  if (settings.apiPorts.length === 0) return [];
  const enabled = new Set(namespaces);
  const own = networkPolicies.filter((policy) => isOwn(policy, settings.peersNamespace) && policy.metadata.name === names.container); // prettier-ignore
  const others = networkPolicies.filter((policy) => !own.includes(policy) && limitsEgress(policy));
  const wanted = new Set(
    [...enabled].filter((namespace) => {
      const pods = injected.filter((pod) => pod.metadata.namespace === namespace && !hasEnded(pod));
      if (pods.length > 0) return pods.every((pod) => isLimited(pod, others));
      return [own, others].every((policies) =>
        policies.some((policy) => policy.metadata.namespace === namespace),
      );
    }),
  );
  const actions: ProvisionAction[] = [];
  for (const policy of own) {
    const { namespace = "", resourceVersion, uid } = policy.metadata;
    if (!wanted.delete(namespace)) {
      actions.push({ verb: "delete", object: policy });
      continue;
    }
    const want = wantedPolicy(namespace, settings);
    if (JSON.stringify(portsOf(policy)) === JSON.stringify(portsOf(want))) continue;
    const metadata = { ...want.metadata, ...(resourceVersion && { resourceVersion }), ...(uid && { uid }) };
    actions.push({ verb: "update", object: { ...want, metadata } });
  }
  for (const namespace of wanted) actions.push({ verb: "create", object: wantedPolicy(namespace, settings) });
  return actions;
}

function isLimited({ metadata }: ValidatorPod, policies: readonly NetworkPolicy[]): boolean {
  return policies.some(
    (policy) =>
      policy.metadata.namespace === metadata.namespace &&
      matchesSelector(metadata.labels ?? {}, policy.spec.podSelector),
  );
}

function portsOf({ spec }: NetworkPolicy): unknown {
  return [
    spec.podSelector,
    spec.policyTypes,
    spec.egress?.map(({ ports, to }) => [ports?.map(({ port }) => port), to]),
  ];
}
