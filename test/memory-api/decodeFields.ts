import type { JsonObject } from "./JsonObject.ts";

/** What was read before: objects of the server are frozen, and most writes leave most managers' fields alone. */
const known = new WeakMap<JsonObject, ReadonlySet<string>>();

/** The fields in a manager's FieldsV1, as `readFields` writes them: the same set each time. */
export function decodeFields(fieldsV1: JsonObject): ReadonlySet<string> {
  const fields = known.get(fieldsV1) ?? readTree(fieldsV1);
  if (Object.isFrozen(fieldsV1)) known.set(fieldsV1, fields);
  return fields;
}

function readTree(fieldsV1: JsonObject): ReadonlySet<string> {
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
