import { labels } from "../../contract/labels.ts";
import { describeOutdatedAgent } from "../../webhook/inject/describeOutdatedAgent.ts";
import type { Finding } from "../findings/Finding.ts";
import { nextSteps } from "../explain/nextSteps.ts";
import { hasEnded } from "./hasEnded.ts";
import { isInjected } from "./isInjected.ts";
import type { NamespaceStatus } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";

const provisionerStep = "the provisioner, a part of the webhook, writes copies: look into the webhook's logs";

function copyFinding({ name, copy, revision }: NamespaceStatus, current: string): readonly Finding[] {
  if (copy === "missing")
    return [
      { severity: "problem", code: "copy-missing", detail: `namespace ${name}`, action: provisionerStep },
    ];
  if (copy !== "behind") return [];
  const detail = `namespace ${name} has revision ${revision ?? "(none)"}, the list is ${current}`;
  return [
    {
      severity: "warning",
      code: "copy-behind",
      detail,
      action: `ask again in a few seconds; if it stays so: ${provisionerStep}`,
    },
  ];
}

function podFinding({ name, barePods }: NamespaceStatus): readonly Finding[] {
  if (barePods === 0) return [];
  return [
    {
      severity: "warning",
      code: "pod-not-injected",
      detail: `pods without an agent in namespace ${name}: ${barePods}`,
      action: `find them with kubectl -n ${name} get pods -l '${labels.injected}!=true', then: kubectl stellar-peers explain POD -n ${name}`,
    },
  ];
}

function outdatedFinding({ pods, settings }: StatusObservation): readonly Finding[] {
  if (pods.state !== "seen") return [];
  const outdated = pods.value.filter(
    (pod) => isInjected(pod) && !hasEnded(pod) && describeOutdatedAgent(pod, settings) !== undefined,
  );
  if (outdated.length === 0) return [];
  const now = `version ${settings.version}, image ${settings.image}`;
  const detail = `pods whose agent is not what pods made now get, ${now}: ${outdated.length}`;
  const action = "restart them when it suits: kubectl -n NAMESPACE rollout restart statefulset/NAME";
  return [{ severity: "note", code: "agent-outdated", detail, action }];
}

function visibilityFindings(observation: StatusObservation): readonly Finding[] {
  const looks = [
    ["namespaces", observation.namespaces],
    ["copies of the list", observation.copies],
    ["pods", observation.pods],
    ["EndpointSlices", observation.endpointSlices],
  ] as const;
  return looks.flatMap(([what, look]): Finding[] =>
    look.state === "unknown"
      ? [{ severity: "note", code: "not-visible", detail: `${what}: ${look.detail}` }]
      : [],
  );
}

function onlyNamespaceFinding({ onlyNamespace: name, namespaces }: StatusObservation): readonly Finding[] {
  if (name === undefined || namespaces.state === "unknown") return [];
  const own = namespaces.state === "seen" ? namespaces.value[0] : undefined;
  if (!own)
    return [{ severity: "problem", code: "namespace-missing", detail: `there is no namespace ${name}` }];
  if (own.metadata.labels?.[labels.injection] === "enabled") return [];
  const detail = `label ${labels.injection} on namespace ${name} is not "enabled"`;
  const action = nextSteps["namespace-not-enabled"].replace("NAMESPACE", name);
  return [{ severity: "problem", code: "namespace-not-enabled", detail, action }];
}

/** What is wrong with the enabled namespaces, their copies of the list, and their pods. */
export function namespaceFindings(
  observation: StatusObservation,
  namespaces: readonly NamespaceStatus[],
  revision: string | undefined,
): readonly Finding[] {
  return [
    ...onlyNamespaceFinding(observation),
    ...(observation.list.state === "absent"
      ? []
      : namespaces.flatMap((namespace) => copyFinding(namespace, revision ?? "another"))),
    ...namespaces.flatMap(podFinding),
    ...outdatedFinding(observation),
    ...visibilityFindings(observation),
  ];
}
