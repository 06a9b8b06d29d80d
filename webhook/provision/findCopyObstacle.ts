import { isIntact } from "./isIntact.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";

export type CopyObstacle = "outdated" | "edited";

/** Milliseconds after which a list that nothing confirms may be long since another. */
const freshness = 60_000;

/**
 * What keeps copies from being made of the list as it is seen. Copies then stay as they are, the last good ones: agents
 * would refuse an edited list, the next leader puts it right, and should the list be lost meanwhile it is made anew from a
 * copy.
 */
export function findCopyObstacle({
  original,
  originalAge,
}: Pick<ProvisionObservation, "original" | "originalAge">): CopyObstacle | undefined {
  if (!original) return undefined;
  if (originalAge >= freshness) return "outdated";
  return isIntact(original) ? undefined : "edited";
}
