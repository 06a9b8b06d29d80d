import type { StatusPod } from "./StatusObservation.ts";

/** Of a pod that has run to its end, as a Job's does, or is about to go: its agent has nothing more to say. */
export function hasEnded({ metadata, status }: StatusPod): boolean {
  const { phase } = status ?? {};
  return metadata.deletionTimestamp !== undefined || phase === "Succeeded" || phase === "Failed";
}
