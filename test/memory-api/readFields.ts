import { isJsonObject } from "./isJsonObject.ts";
import { itemKey } from "./itemKey.ts";
import { listKeys } from "./listKeys.ts";
import type { JsonObject } from "./JsonObject.ts";

const unowned = new Set([
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generateName",
  "generation",
  "managedFields",
  "name",
  "namespace",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/**
 * Every field of an object that somebody can own, with its value in JSON. A field is written as the JSON of its path's
 * elements, in the form of managedFields: `f:name`, or `k:{…}` for the item of a list that is merged by keys.
 */
export function readFields(object: JsonObject): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const apiVersion = String(object["apiVersion"]);
  const walk = (value: unknown, field: string, path: readonly string[]): void => {
    if (isJsonObject(value) && Object.keys(value).length > 0) {
      for (const [name, child] of Object.entries(value)) walk(child, name, [...path, `f:${name}`]);
      return;
    }
    const keys = Array.isArray(value) ? listKeys(apiVersion, field, value) : undefined;
    if (keys && Array.isArray(value) && value.length > 0) {
      for (const item of value as readonly JsonObject[]) {
        const itemPath = [...path, itemKey(keys, item)];
        fields.set(JSON.stringify(itemPath), "");
        walk(item, "", itemPath);
      }
      return;
    }
    fields.set(JSON.stringify(path), JSON.stringify(value));
  };
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...rest } = object;
  for (const [name, value] of Object.entries(isJsonObject(metadata) ? metadata : {}))
    if (!unowned.has(name)) walk(value, name, ["f:metadata", `f:${name}`]);
  for (const [name, value] of Object.entries(rest)) walk(value, name, [`f:${name}`]);
  return fields;
}
