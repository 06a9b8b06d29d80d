import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "./JsonObject.ts";
import type { ResourceType } from "./ResourceType.ts";
import type { StoredObject } from "./StoredObject.ts";

/** Metadata that a write can't change. */
const serverOwned = [
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "generateName",
  "managedFields",
] as const;

/**
 * What a write makes of a stored object: `written` with what the server alone decides. Through a subresource only
 * `status` changes, otherwise all but it.
 */
export function nextObject(
  type: ResourceType,
  stored: StoredObject,
  written: JsonObject,
  subresource?: "status",
): StoredObject {
  if (subresource) return withField(stored, "status", written["status"]);
  const metadata: Record<string, unknown> = { ...(written["metadata"] as JsonObject) };
  for (const name of serverOwned) {
    delete metadata[name];
    if (stored.metadata[name] !== undefined) metadata[name] = stored.metadata[name];
  }
  const next = { ...written, metadata } as unknown as StoredObject;
  const whole = type.hasStatus ? withField(next, "status", stored["status"]) : next;
  if (!type.hasGeneration || isDeepStrictEqual(counted(stored), counted(whole))) return whole;
  return { ...whole, metadata: { ...whole.metadata, generation: (stored.metadata.generation ?? 0) + 1 } };
}

function withField(object: StoredObject, name: string, value: unknown): StoredObject {
  const { [name]: _former, ...rest } = object;
  return { ...rest, ...(value !== undefined && { [name]: value }) } as StoredObject;
}

/** What a generation counts. */
function counted({ metadata: _metadata, status: _status, ...rest }: StoredObject): JsonObject {
  return rest;
}
