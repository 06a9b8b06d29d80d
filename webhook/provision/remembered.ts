import type { ConfigMap } from "./ConfigMap.ts";
import { isSound } from "./isSound.ts";

/**
 * What to remember of the list for the day it is gone: as it was last seen, but not somebody's edit in the place of what
 * an agent wrote.
 */
export function remembered(
  before: ConfigMap | undefined,
  seen: ConfigMap | undefined,
): ConfigMap | undefined {
  if (!seen) return before;
  return before && isSound(before) && !isSound(seen) ? before : seen;
}
