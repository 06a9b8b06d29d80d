import type { StoredChange } from "./ObjectStore.ts";
import type { Selection } from "./Selection.ts";
import type { StoredObject } from "./StoredObject.ts";

export interface SelectedChange {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: StoredObject;
}

/**
 * What a change is to those who watch a selection: an object that leaves it is deleted for them, as it was while it
 * belonged, with the version at which it left.
 */
export function selectChange(change: StoredChange, selection: Selection): SelectedChange | undefined {
  const { action, object, previous } = change;
  if (change.type !== selection.type) return undefined;
  const was = previous !== undefined && selection.has(previous);
  const is = action !== "DELETED" && selection.has(object);
  if (is) return { type: was ? "MODIFIED" : "ADDED", object };
  if (!was) return undefined;
  if (action === "DELETED") return { type: "DELETED", object };
  const metadata = { ...previous.metadata, resourceVersion: String(change.version) };
  return { type: "DELETED", object: { ...previous, metadata } };
}
