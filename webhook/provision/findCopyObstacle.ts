import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";

export type CopyObstacle = "outdated" | "edited";

/** Milliseconds after which a list that nothing confirms may be long since another. */
const freshness = 60_000;

/**
 * What keeps copies from being made of the list as it is seen. Copies then stay as they are, the last good ones: agents
 * would refuse an edited list, the next leader puts it right, and should the list be lost meanwhile it is made anew from a
 * copy. Only what lists of all versions have in common is looked at: the hash of peers.json, and a revision.
 */
export function findCopyObstacle({
  original,
  originalAge,
}: Pick<ProvisionObservation, "original" | "originalAge">): CopyObstacle | undefined {
  if (!original) return undefined;
  if (originalAge >= freshness) return "outdated";
  return isIntact(original) ? undefined : "edited";
}

function isIntact({ data = {}, metadata }: ConfigMap): boolean {
  const hash = hashPeers(data[configMapKeys.peersJson] ?? "");
  const revision = parseRevision(data[configMapKeys.revision] ?? "");
  return revision !== undefined && metadata.annotations?.[annotations.hash] === hash;
}
