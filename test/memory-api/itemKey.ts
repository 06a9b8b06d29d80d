import type { JsonObject } from "./JsonObject.ts";

/** The key of a list's item, in the form of managedFields: `k:{"name":"x"}`. */
export function itemKey(keys: readonly string[], item: JsonObject): string {
  const named = keys.map((key) => [key, item[key] ?? (key === "protocol" ? "TCP" : undefined)]);
  return `k:${JSON.stringify(Object.fromEntries(named))}`;
}
