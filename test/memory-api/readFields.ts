import { isDeepStrictEqual } from "node:util";
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
const elsewhere = new Set(["apiVersion", "kind", "metadata"]);

function mapOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/**
 * Every field of an object that somebody can own, with its value in JSON. A field is written as the JSON of its path's
 * elements, in the form of managedFields: `f:name`, or `k:{…}` for the item of a list that is merged by keys. What is the
 * same in `unlike`, at the top or right under metadata, is left out whole.
 */
export function readFields(object: JsonObject, unlike: JsonObject = {}): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const apiVersion = String(object["apiVersion"]);
  // `path` is the JSON of its elements, without the bracket at its end.
  const walk = (value: unknown, field: string, path: string): void => {
    if (isJsonObject(value)) {
      const names = Object.keys(value);
      for (const name of names) walk(value[name], name, `${path},${JSON.stringify(`f:${name}`)}`);
      if (names.length > 0) return;
    }
    const keys = Array.isArray(value) ? listKeys(apiVersion, field, value) : undefined;
    if (keys && Array.isArray(value) && value.length > 0) {
      for (const item of value as readonly JsonObject[]) {
        const itemPath = `${path},${JSON.stringify(itemKey(keys, item))}`;
        fields.set(`${itemPath}]`, "");
        walk(item, "", itemPath);
      }
      return;
    }
    fields.set(`${path}]`, JSON.stringify(value));
  };
  const begin = (of: JsonObject, other: JsonObject, prefix: string, left: ReadonlySet<string>): void => {
    for (const name of Object.keys(of))
      if (!left.has(name) && !isDeepStrictEqual(of[name], other[name]))
        walk(of[name], name, prefix + JSON.stringify(`f:${name}`));
  };
  begin(mapOf(object["metadata"]), mapOf(unlike["metadata"]), '["f:metadata",', unowned);
  begin(object, unlike, "[", elsewhere);
  return fields;
}
