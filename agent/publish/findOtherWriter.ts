import type { ManagedFields } from "../../kube/KubeObject.ts";
import { fieldManager } from "./fieldManager.ts";

/** The field manager, other than the agents, that wrote last; `unknown` when the object does not say. */
export function findOtherWriter(managedFields: readonly ManagedFields[] | undefined): string {
  const others = (managedFields ?? []).filter((entry) => entry.manager && entry.manager !== fieldManager);
  const newest = others.reduce<ManagedFields | undefined>(
    (latest, entry) => (latest && (latest.time ?? "") > (entry.time ?? "") ? latest : entry),
    undefined,
  );
  return newest?.manager ?? "unknown";
}
