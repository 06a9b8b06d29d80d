import type { Finding } from "../findings/Finding.ts";
import type { Installation } from "./Installation.ts";
import type { Observed } from "./Observed.ts";

function deploymentFindings({ configuration, entry, deployment }: Installation): readonly Finding[] {
  const { service } = entry.clientConfig;
  const { namespace, name } = service ?? { namespace: "", name: "" };
  const where = service
    ? `Deployment ${namespace}/${name}`
    : `MutatingWebhookConfiguration ${configuration.metadata.name ?? ""}`;
  if (deployment.state === "unknown")
    return [{ severity: "note", code: "not-visible", detail: `${where}: ${deployment.detail}` }];
  if (deployment.state === "absent") {
    const action = `install the chart again: helm upgrade --install ${name} charts/stellar-peer-discovery -n ${namespace}`;
    return [{ severity: "problem", code: "webhook-not-running", detail: `${where} does not exist`, action }];
  }
  const wanted = deployment.value.spec?.replicas ?? 1;
  const available = deployment.value.status?.availableReplicas ?? 0;
  if (available >= wanted && available > 0) return [];
  return [
    {
      severity: available === 0 ? "problem" : "warning",
      code: available === 0 ? "webhook-not-ready" : "webhook-degraded",
      detail: `${where}: ${available} of ${wanted} replicas are available`,
      action: `look why: kubectl -n ${namespace} describe deployment ${name}; kubectl -n ${namespace} logs deployment/${name}`,
    },
  ];
}

function installationFinding(installation: Installation): readonly Finding[] {
  const { configuration, entry } = installation;
  const { service, caBundle = "" } = entry.clientConfig;
  const found = deploymentFindings(installation);
  if (caBundle !== "") return found;
  const logs = service ? `kubectl -n ${service.namespace} logs deployment/${service.name}` : "its logs";
  const finding: Finding = {
    severity: "problem",
    code: "ca-bundle-empty",
    detail: `clientConfig.caBundle is empty in MutatingWebhookConfiguration ${configuration.metadata.name ?? ""}`,
    action: `the webhook writes it when it starts; look why it does not: ${logs}`,
  };
  return [finding, ...found];
}

/** What is wrong with the webhook itself. */
export function installationFindings(installations: Observed<readonly Installation[]>): readonly Finding[] {
  if (installations.state === "unknown")
    return [
      {
        severity: "note",
        code: "not-visible",
        detail: `webhook configurations: ${installations.detail}`,
        action: "run this as somebody who may list mutatingwebhookconfigurations",
      },
    ];
  const found = installations.state === "seen" ? installations.value : [];
  if (found.length > 0) return found.flatMap(installationFinding);
  return [
    {
      severity: "problem",
      code: "webhook-missing",
      detail: "no MutatingWebhookConfiguration has the webhook inject.peer-discovery.stellar.org",
      action:
        "install the chart: helm install stellar-peer-discovery charts/stellar-peer-discovery -n stellar-system --create-namespace",
    },
  ];
}
