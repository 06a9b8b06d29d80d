import type { Document } from "yaml";

/** What a document says, as JSON could say it: no value is part of two others. Throws when it is endless or too large. */
export function plainValue(document: Document): unknown {
  return JSON.parse(JSON.stringify(document.toJS()) ?? "null") as unknown;
}
