import { compareRevisions } from "../../contract/compareRevisions.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import { copiedAnnotations } from "./copiedAnnotations.ts";
import { findCopyObstacle } from "./findCopyObstacle.ts";
import { isSound } from "./isSound.ts";
import { ownLabels } from "./ownLabels.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";
import { sameRecord } from "./sameRecord.ts";

/** Milliseconds for which the list is shown unchanged before a copy is taken back to it. */
const patience = 10_000;

function isCurrent(copy: ConfigMap, original: ConfigMap): boolean {
  return (
    sameRecord(copy.data, original.data) &&
    sameRecord(copy.binaryData, {}) &&
    sameRecord(copiedAnnotations(copy), copiedAnnotations(original))
  );
}

/**
 * True while it is too early to take a copy back to a lower revision: nobody raises a list's revision but who writes it,
 * so it is the list that may be shown as it was a moment ago, by a server that is behind.
 */
function isPremature(
  copy: ConfigMap,
  original: ConfigMap,
  { originalUnchangedFor }: ProvisionObservation,
): boolean {
  const [held, shown] = [copy, original].map(({ data }) =>
    parseRevision(data?.[configMapKeys.revision] ?? ""),
  );
  if (!held || !shown || compareRevisions(held, shown) <= 0 || !isSound(copy)) return false;
  return originalUnchangedFor < patience;
}

/**
 * A copy of the list in each enabled namespace but the list's own, where pods mount the list itself. Copies of namespaces
 * that are not enabled any more go; nothing else happens to copies while there is an obstacle to copying the list.
 */
export function planCopies(
  observed: ProvisionObservation,
  { peersNamespace, peersConfigMap }: ProvisionSettings,
): readonly ProvisionAction[] {
  const { copies, namespaces } = observed;
  const original = findCopyObstacle(observed) ? undefined : observed.original;
  const wanted = new Set(namespaces.filter((namespace) => namespace !== peersNamespace));
  const actions: ProvisionAction[] = [];
  for (const copy of copies) {
    const { namespace = "", name } = copy.metadata;
    if (namespace === peersNamespace || name !== peersConfigMap) continue;
    if (!wanted.delete(namespace)) actions.push({ verb: "delete", object: copy });
    else if (original && !isCurrent(copy, original) && !isPremature(copy, original, observed))
      actions.push({ verb: "update", object: copyOf(original, copy.metadata, peersNamespace) });
  }
  if (!original) return actions;
  for (const namespace of wanted) {
    const metadata = { namespace, name: peersConfigMap };
    actions.push({ verb: "create", object: copyOf(original, metadata, peersNamespace) });
  }
  return actions;
}

function copyOf(original: ConfigMap, at: ConfigMap["metadata"], peersNamespace: string): ConfigMap {
  const { namespace, name, uid, resourceVersion, labels, annotations } = at;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { name }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      labels: { ...labels, ...ownLabels(peersNamespace) },
      annotations: { ...annotations, ...copiedAnnotations(original) },
    },
    data: original.data ?? {},
  };
}
