import { isJsonObject } from "./isJsonObject.ts";
import type { JsonObject } from "./JsonObject.ts";
import { listKeys } from "./listKeys.ts";

/**
 * Strategic merge patch: maps merge, null removes, lists whose items have a key merge item by item, other lists are
 * replaced. Understood are `$patch: replace` and `$patch: delete`; `$retainKeys`, `$setElementOrder` and
 * `$deleteFromPrimitiveList`, which clients with the kind's Go types write, are passed over.
 */
export function strategicPatch(target: unknown, patch: JsonObject, apiVersion: string): JsonObject {
  const { $patch: directive, ...changes } = patch;
  if (directive === "delete") return {};
  const merged: Record<string, unknown> =
    directive !== "replace" && isJsonObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(changes)) {
    if (name.startsWith("$")) continue;
    if (value === null) delete merged[name];
    else merged[name] = patchValue(merged[name], value, apiVersion, name);
  }
  return merged;
}

function patchValue(target: unknown, patch: unknown, apiVersion: string, field: string): unknown {
  if (isJsonObject(patch)) return strategicPatch(target, patch, apiVersion);
  if (!Array.isArray(patch)) return patch;
  const present = Array.isArray(target) ? (target as readonly JsonObject[]) : [];
  const items = (patch as readonly JsonObject[]).filter((item) => !isReplacement(item));
  if (field === "finalizers") return [...new Set<unknown>([...present, ...items])];
  const key = listKeys(apiVersion, field, items.length > 0 ? items : present)?.[0];
  if (key === undefined) return items;
  const base = items.length < patch.length ? [] : present;
  return patchItems(base, items, key, apiVersion);
}

function isReplacement(item: unknown): boolean {
  return isJsonObject(item) && item["$patch"] === "replace" && Object.keys(item).length === 1;
}

function patchItems(
  present: readonly JsonObject[],
  patches: readonly JsonObject[],
  key: string,
  apiVersion: string,
): readonly JsonObject[] {
  const items = new Map(present.map((item) => [item[key], item]));
  for (const patch of patches) {
    if (patch["$patch"] === "delete") items.delete(patch[key]);
    else items.set(patch[key], strategicPatch(items.get(patch[key]), patch, apiVersion));
  }
  return [...items.values()];
}
