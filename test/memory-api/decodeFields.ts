import type { JsonObject } from "./JsonObject.ts";

/** The fields in a manager's FieldsV1, as `readFields` writes them. */
export function decodeFields(fieldsV1: JsonObject): Set<string> {
  const fields = new Set<string>();
  const walk = (tree: JsonObject, path: readonly string[]): void => {
    const elements = Object.keys(tree);
    if (elements.length === 0 && path.length > 0) fields.add(JSON.stringify(path));
    for (const element of elements) {
      if (element === ".") fields.add(JSON.stringify(path));
      else walk(tree[element] as JsonObject, [...path, element]);
    }
  };
  walk(fieldsV1, []);
  return fields;
}
