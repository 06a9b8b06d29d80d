import { annotations } from "../../contract/annotations.ts";
import { compareRevisions } from "../../contract/compareRevisions.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import { copiedAnnotations } from "./copiedAnnotations.ts";
import { isIntact } from "./isIntact.ts";
import { isSound } from "./isSound.ts";
import { ownLabels } from "./ownLabels.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";

function emptyList(): Pick<ConfigMap, "data"> & { readonly annotations: Readonly<Record<string, string>> } {
  const data = { ...renderPeers([]), [configMapKeys.revision]: "0.0" };
  const hash = hashPeers(renderPeers([])[configMapKeys.peersJson] ?? "");
  return { data, annotations: { [annotations.epoch]: "0", [annotations.hash]: hash } };
}

/** How far a list is as it was written: to the byte, or its peers at least, or not even those. */
function integrity(configMap: ConfigMap): number {
  return isSound(configMap) ? 2 : Number(isIntact(configMap));
}

/**
 * Of the list as remembered and as it stands in copies, the one with the highest revision; one that somebody has edited
 * only where there is no other, and one whose peers were edited only where each one's were.
 */
function newest({ remembered, copies }: ProvisionObservation): ConfigMap | undefined {
  const candidates = [...(remembered ? [remembered] : []), ...copies].flatMap((configMap) => {
    const revision = parseRevision(configMap.data?.[configMapKeys.revision] ?? "");
    return revision ? [{ configMap, revision, integrity: integrity(configMap) }] : [];
  });
  candidates.sort(
    (one, other) => other.integrity - one.integrity || compareRevisions(other.revision, one.revision),
  );
  return candidates[0]?.configMap;
}

/**
 * The shared ConfigMap, when it is missing: as it last was, from memory or from a copy, so that nobody is shown an
 * empty list because somebody deleted it; empty where there never was one.
 */
export function planOriginal(
  observed: ProvisionObservation,
  { peersNamespace, peersConfigMap }: ProvisionSettings,
): readonly ProvisionAction[] {
  if (observed.original) return [];
  const last = newest(observed);
  const content = last ? { data: last.data, annotations: copiedAnnotations(last) } : emptyList();
  const object: ConfigMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      namespace: peersNamespace,
      name: peersConfigMap,
      labels: ownLabels(peersNamespace),
      annotations: content.annotations,
    },
    ...(content.data && { data: content.data }),
  };
  return [{ verb: "create", object }];
}
