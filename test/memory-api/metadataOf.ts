import type { StoredObject } from "./StoredObject.ts";

/** The object with nothing but its metadata, under its own kind. */
export function metadataOf({ apiVersion, kind, metadata }: StoredObject): StoredObject {
  return { apiVersion, kind, metadata };
}
