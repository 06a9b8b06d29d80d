import type { JsonObject } from "./JsonObject.ts";

interface Tree {
  [element: string]: Tree;
}

/** The fields of one manager as managedFields shows them (FieldsV1); `decodeFields` reads them again. */
export function encodeFields(fields: ReadonlySet<string>): JsonObject {
  const root: Tree = {};
  for (const field of [...fields].sort()) {
    let tree = root;
    const path = JSON.parse(field) as readonly string[];
    for (const element of path) tree = tree[element] ??= {};
    // An item of a list is owned besides its fields.
    if (path.at(-1)?.startsWith("k:")) tree["."] = {};
  }
  return root;
}
