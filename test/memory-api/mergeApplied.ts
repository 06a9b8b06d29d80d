import { isJsonObject } from "./isJsonObject.ts";
import { itemKey } from "./itemKey.ts";
import { listKeys } from "./listKeys.ts";
import type { JsonObject } from "./JsonObject.ts";

/** `live` with all that `applied` says: maps merge, lists too where they have keys, all else is replaced. */
export function mergeApplied(live: unknown, applied: unknown, apiVersion: string, field = ""): unknown {
  if (isJsonObject(live) && isJsonObject(applied)) {
    const merged: Record<string, unknown> = { ...live };
    for (const [name, value] of Object.entries(applied))
      merged[name] = mergeApplied(live[name], value, apiVersion, name);
    return merged;
  }
  if (!Array.isArray(live) || !Array.isArray(applied)) return applied;
  const keys = listKeys(apiVersion, field, [...(live as unknown[]), ...(applied as unknown[])]);
  return keys ? mergeItems(live as JsonObject[], applied as JsonObject[], keys, apiVersion) : applied;
}

function mergeItems(
  live: readonly JsonObject[],
  applied: readonly JsonObject[],
  keys: readonly string[],
  apiVersion: string,
): readonly unknown[] {
  const items = new Map<string, unknown>(live.map((item) => [itemKey(keys, item), item]));
  for (const item of applied) {
    const key = itemKey(keys, item);
    items.set(key, mergeApplied(items.get(key), item, apiVersion));
  }
  return [...items.values()];
}
