import type { Installation } from "../cluster/Installation.ts";
import { installationFindings } from "../cluster/installationFindings.ts";
import { sortFindings } from "../findings/sortFindings.ts";
import { agentFindings } from "./agentFindings.ts";
import { agentStatuses } from "./agentStatuses.ts";
import { namespaceFindings } from "./namespaceFindings.ts";
import { namespaceStatuses } from "./namespaceStatuses.ts";
import { readLeader } from "./readLeader.ts";
import { readList } from "./readList.ts";
import type { Status, WebhookStatus } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";
import { unlistedValidators } from "./unlistedValidators.ts";

function webhookStatus({ configuration, entry, deployment }: Installation): WebhookStatus {
  const { namespace, name } = entry.clientConfig.service ?? {
    namespace: "",
    name: configuration.metadata.name ?? "",
  };
  if (deployment.state !== "seen") return { namespace, name, version: "unknown" };
  const { metadata, spec, status } = deployment.value;
  return {
    namespace,
    name,
    version: metadata.labels?.["app.kubernetes.io/version"] ?? "unknown",
    availableReplicas: status?.availableReplicas ?? 0,
    replicas: spec?.replicas ?? 1,
  };
}

/** What was seen of a cluster, as a state with everything that is wrong with it. Pure. */
export function assessStatus(observation: StatusObservation): Status {
  const { installations, endpointSlices } = observation;
  const { list, peers, findings: listFindings } = readList(observation);
  const { leader, findings: leaderFindings } = readLeader(observation);
  const { validators, findings: validatorFindings } = unlistedValidators(observation, peers);
  const namespaces = namespaceStatuses(observation);
  const agents = agentStatuses(observation);
  return {
    findings: sortFindings([
      ...installationFindings(installations),
      ...listFindings,
      ...leaderFindings,
      ...validatorFindings,
      ...namespaceFindings(observation, namespaces, list?.revision),
      ...agentFindings(observation, agents, list?.revision),
    ]),
    webhooks: installations.state === "seen" ? installations.value.map(webhookStatus) : [],
    ...(list ? { list } : {}),
    ...(leader ? { leader } : {}),
    sources: {
      ...(validators === undefined ? {} : { validators }),
      ...(endpointSlices.state === "seen" ? { endpointSlices: endpointSlices.value.length } : {}),
    },
    namespaces,
    agents,
  };
}
