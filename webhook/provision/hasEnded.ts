import type { ValidatorPod } from "./ValidatorPod.ts";

/** True of a pod that has run to its end or is about to go: nothing can be done for it. */
export function hasEnded({ metadata, status }: ValidatorPod): boolean {
  const { phase } = status ?? {};
  return metadata.deletionTimestamp !== undefined || phase === "Succeeded" || phase === "Failed";
}
