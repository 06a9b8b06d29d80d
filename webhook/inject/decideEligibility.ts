import { labels } from "../../contract/labels.ts";
import { names } from "../../contract/names.ts";
import type { InjectionContext } from "./InjectionContext.ts";
import type { Pod } from "./Pod.ts";
import type { SkipReason } from "./skipReasons.ts";

export interface Ineligibility {
  readonly reason: SkipReason;
  readonly detail: string;
  /** True when whoever made the pod asked for something and should be told. */
  readonly warn?: true;
}

const systemNamespaces: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);
const mirrorAnnotation = "kubernetes.io/config.mirror";

function fromNamespace(context: InjectionContext): Ineligibility | undefined {
  const { name, labels: own } = context.namespace;
  if (systemNamespaces.has(name))
    return { reason: "system-namespace", detail: `${name} belongs to Kubernetes` };
  if (own === undefined || own[labels.injection] === "enabled") return undefined;
  const value = own[labels.injection];
  const found = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
  return {
    reason: "namespace-not-enabled",
    detail: `label ${labels.injection} on namespace ${name} ${found}`,
  };
}

function isAgentPresent(pod: Pod): boolean {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].some(
    ({ name }) => name === names.container,
  );
}

function fromLabels(pod: Pod): Ineligibility | undefined {
  const own = pod.metadata?.labels ?? {};
  const wish = own[labels.injection];
  if (wish === "disabled")
    return { reason: "pod-disabled", detail: `label ${labels.injection} is "disabled" on the pod` };
  if (own[labels.injected] === "true" && isAgentPresent(pod))
    return { reason: "already-injected", detail: `container ${names.container} is there` };
  if (wish !== undefined && wish !== "enabled")
    return {
      reason: "invalid-label",
      detail: `${labels.injection} is ${JSON.stringify(wish)}; allowed is enabled, disabled`,
      warn: true,
    };
  const type = own[labels.nodeType];
  if (wish === "enabled" || type?.toLowerCase() === "validator") return undefined;
  const found = type === undefined ? "is missing" : `is ${JSON.stringify(type)}`;
  return { reason: "not-a-validator", detail: `label ${labels.nodeType} ${found}, not "Validator"` };
}

function fromSpec(pod: Pod): Ineligibility | undefined {
  if (pod.spec.os?.name === "windows")
    return { reason: "windows-pod", detail: "spec.os.name is windows", warn: true };
  if (isAgentPresent(pod))
    return { reason: "container-name-taken", detail: `a container is named ${names.container}`, warn: true };
  const taken = pod.spec.volumes?.find(
    ({ name }) => name === names.peersVolume || name === names.tokenVolume,
  );
  if (taken) return { reason: "volume-name-taken", detail: `a volume is named ${taken.name}`, warn: true };
  return undefined;
}

/** Why a pod is to have no agent, by its namespace, its labels and its contents; undefined when it should have one. */
export function decideEligibility(pod: Pod, context: InjectionContext): Ineligibility | undefined {
  if (Object.hasOwn(pod.metadata?.annotations ?? {}, mirrorAnnotation))
    return { reason: "mirror-pod", detail: `it has the annotation ${mirrorAnnotation}` };
  return fromNamespace(context) ?? fromLabels(pod) ?? fromSpec(pod);
}
