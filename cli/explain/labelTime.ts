import type { KubeObject, ManagedFields } from "../../kube/KubeObject.ts";
import { readRecord } from "../readRecord.ts";

function owns(entry: ManagedFields & { readonly fieldsV1?: unknown }, label: string): boolean {
  const owned = readRecord(readRecord(entry.fieldsV1)?.["f:metadata"])?.["f:labels"];
  return Object.hasOwn(readRecord(owned) ?? {}, `f:${label}`);
}

/**
 * When a label was last written, in milliseconds since 1970, by the server's own records (managedFields). It may have had
 * that value before. Undefined where they say nothing.
 */
export function labelTime(object: KubeObject, label: string): number | undefined {
  const times = (object.metadata.managedFields ?? [])
    .filter((entry) => owns(entry, label))
    .map(({ time }) => Date.parse(time ?? ""))
    .filter((time) => !Number.isNaN(time));
  return times.length === 0 ? undefined : Math.min(...times);
}
