import type { Peer } from "../../contract/Peer.ts";
import type { Finding } from "../findings/Finding.ts";
import type { StatusObservation, StellarNode } from "./StatusObservation.ts";

const shown = 10;

function isActiveValidator({ spec }: StellarNode): boolean {
  const { nodeType, suspended } = spec ?? {};
  return typeof nodeType === "string" && nodeType.toLowerCase() === "validator" && suspended !== true;
}

export interface UnlistedValidators {
  /** Validators that are not suspended; absent where StellarNodes can't be seen. */
  readonly validators?: number;
  readonly findings: readonly Finding[];
}

/** StellarNodes that should be in the list, and those that are not. */
export function unlistedValidators(
  { stellarNodes, discoverySource }: StatusObservation,
  peers: readonly Peer[] | undefined,
): UnlistedValidators {
  if (stellarNodes.state === "unknown") {
    const detail = `StellarNodes: ${stellarNodes.detail}`;
    return { findings: [{ severity: "note", code: "not-visible", detail }] };
  }
  if (stellarNodes.state === "absent") return { findings: [] };
  const active = stellarNodes.value.filter(isActiveValidator);
  if (peers === undefined || discoverySource === "endpointslices")
    return { validators: active.length, findings: [] };
  const listed = new Set(peers.map(({ namespace, name }) => `${namespace}/${name}`));
  const missing = active.filter(({ metadata }) => !listed.has(`${metadata.namespace}/${metadata.name}`));
  const findings = missing.slice(0, shown).map(({ metadata: { namespace = "", name = "" } }): Finding => ({
    severity: "warning",
    code: "validator-not-listed",
    detail: `StellarNode ${namespace}/${name}${missing.length > shown ? `, one of ${missing.length}` : ""}`,
    action: `see whether its Service has an address: kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`,
  }));
  return { validators: active.length, findings };
}
