import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import type { Patch } from "../../kube/Patch.ts";
import type { PublicationPlan } from "./planPublication.ts";
import type { StoredDocument } from "./StoredDocument.ts";

function removals(keys: readonly string[], kept: Readonly<Record<string, string>>): Record<string, null> {
  return Object.fromEntries(keys.filter((key) => !(key in kept)).map((key) => [key, null]));
}

/**
 * The strategic merge patch that makes the stored ConfigMap carry the planned document: keys that are not the
 * document's, of vanished networks and of others, go. It holds the resourceVersion that was read, so that the server
 * refuses it (409) when anybody wrote in between.
 */
export function publicationPatch(
  stored: StoredDocument,
  plan: Extract<PublicationPlan, { readonly action: "write" }>,
  holder: string,
): Patch {
  const data = { ...plan.data, [configMapKeys.revision]: formatRevision(plan.revision) };
  const body = {
    metadata: {
      resourceVersion: stored.resourceVersion,
      annotations: {
        [annotations.epoch]: String(plan.revision.epoch),
        [annotations.holder]: holder,
        [annotations.revision]: formatRevision(plan.revision),
        [annotations.hash]: plan.hash,
      },
    },
    data: { ...removals(Object.keys(stored.data), data), ...data },
    ...(stored.binaryKeys.length > 0 ? { binaryData: removals(stored.binaryKeys, {}) } : {}),
  };
  return { type: "strategic", body };
}
