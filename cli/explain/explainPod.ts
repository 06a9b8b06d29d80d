import type { InjectionDecision } from "../../webhook/inject/InjectionDecision.ts";
import { planInjection } from "../../webhook/inject/planInjection.ts";
import { chooseInstallation } from "../cluster/chooseInstallation.ts";
import { deployedSettings } from "../cluster/deployedSettings.ts";
import { describeSelector } from "../cluster/describeSelector.ts";
import type { Installation } from "../cluster/Installation.ts";
import { installationFindings } from "../cluster/installationFindings.ts";
import { matchesSelector } from "../../kube/matchesSelector.ts";
import type { Finding } from "../findings/Finding.ts";
import { sortFindings } from "../findings/sortFindings.ts";
import type { Explanation } from "./Explanation.ts";
import { historyFinding } from "./historyFinding.ts";
import { injectedFindings } from "./injectedFindings.ts";
import { nextSteps } from "./nextSteps.ts";
import type { PodObservation } from "./PodObservation.ts";
import { readInjectedAgent } from "./readInjectedAgent.ts";
import { restartAdvice } from "./restartAdvice.ts";

/** Reasons that are as often wanted as not. */
const meant: ReadonlySet<string> = new Set(["pod-disabled", "not-a-validator", "system-namespace"]);

function namespaceLabels({ namespace }: PodObservation): Readonly<Record<string, string>> | undefined {
  if (namespace.state === "unknown") return undefined;
  return namespace.state === "seen" ? (namespace.value.metadata.labels ?? {}) : {};
}

function enableStep({ namespaceName, live }: PodObservation, step: string): string {
  const done = step.replace("NAMESPACE", namespaceName);
  return live ? `${done}, then ${restartAdvice(live)}` : done;
}

function missingNamespace({ namespaceName: name }: PodObservation): Finding {
  const label = nextSteps["namespace-not-enabled"].replace("NAMESPACE", name);
  return {
    severity: "problem",
    code: "namespace-missing",
    detail: `there is no namespace ${name}`,
    action: `kubectl create namespace ${name} && ${label}`,
  };
}

function ruleFindings(observation: PodObservation, decision: InjectionDecision): readonly Finding[] {
  if (observation.namespace.state === "absent") return [missingNamespace(observation)];
  if (decision.action === "inject") return [];
  const { reason, detail } = decision;
  const step = nextSteps[reason];
  const action = reason === "namespace-not-enabled" ? enableStep(observation, step) : step;
  return [
    {
      severity: meant.has(reason) ? "note" : "problem",
      code: reason,
      detail: decision.action === "reject" ? `the webhook denies it: ${detail}` : detail,
      ...(action === "" ? {} : { action }),
    },
  ];
}

function selectionFindings(
  observation: PodObservation,
  installation: Installation | undefined,
): readonly Finding[] {
  const labels = namespaceLabels(observation);
  const selector = installation?.entry.namespaceSelector;
  if (!selector || labels === undefined || matchesSelector(labels, selector)) return [];
  return [
    {
      severity: "problem",
      code: "namespace-not-selected",
      detail: `MutatingWebhookConfiguration ${installation.configuration.metadata.name ?? ""} asks of the namespace: ${describeSelector(selector)}`,
      action: enableStep(observation, "label namespace NAMESPACE so"),
    },
  ];
}

function visibilityFindings({ namespace, namespaceName }: PodObservation): readonly Finding[] {
  if (namespace.state !== "unknown") return [];
  const detail = `namespace ${namespaceName}: ${namespace.detail}; it is taken to be enabled`;
  return [{ severity: "note", code: "not-visible", detail }];
}

/** Why there is no agent, most telling first, and what else stands in the way. */
function reasons(
  observation: PodObservation,
  decision: InjectionDecision,
  installation: Installation | undefined,
): readonly Finding[] {
  const rules = ruleFindings(observation, decision);
  // Of several releases, only the one that the namespace comes to is of interest.
  const webhook = installationFindings(
    installation ? { state: "seen", value: [installation] } : observation.installations,
  );
  const selection = rules.length === 0 ? selectionFindings(observation, installation) : [];
  const present = [...rules, ...selection, ...webhook];
  const { live, namespace } = observation;
  if (!live || rules.length > 0) return present;
  const past = historyFinding(live, namespace, installation);
  if (!present.some(({ severity }) => severity === "problem")) return [past, ...present];
  return past.code === "webhook-was-away" ? present : [...present, past];
}

/** Says whether a pod is injected and, where it is not, by which rule or mishap. Pure. */
export function explainPod(observation: PodObservation): Explanation {
  const { kind, namespaceName, name, pod, live } = observation;
  const labels = namespaceLabels(observation);
  const installation = chooseInstallation(observation.installations, labels ?? {});
  const settings = deployedSettings(installation);
  const decision = planInjection(pod, {
    settings,
    server: { minor: observation.serverMinor },
    namespace: labels === undefined ? { name: namespaceName } : { name: namespaceName, labels },
  });
  const subject = { kind, namespace: namespaceName, name };
  const visibility = visibilityFindings(observation);
  const agent = readInjectedAgent(pod);
  if (agent) {
    const own = live ? injectedFindings({ live, decision, settings }) : [];
    return { ...subject, verdict: "injected", ...agent, findings: sortFindings([...own, ...visibility]) };
  }
  const [first, ...others] = reasons(observation, decision, installation);
  const why = [...(first ? [first] : []), ...sortFindings([...others, ...visibility])];
  if (!live && decision.action === "inject" && why.every(({ severity }) => severity !== "problem")) {
    const { version } = settings;
    return { ...subject, verdict: "would-be-injected", version, mode: decision.mode, findings: why };
  }
  return { ...subject, verdict: "not-injected", ...(first ? { reason: first.code } : {}), findings: why };
}
