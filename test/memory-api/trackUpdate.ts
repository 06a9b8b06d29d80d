import { FieldOwners, type FieldManager } from "./FieldOwners.ts";
import type { JsonObject } from "./JsonObject.ts";
import { readFields } from "./readFields.ts";
import type { ManagedFieldsEntry } from "./StoredObject.ts";

/** Who owns what after `manager` has made `next` of `before`: it owns what it changed, and nobody what has gone. */
export function trackUpdate(
  before: JsonObject | undefined,
  next: JsonObject,
  write: {
    readonly entries: readonly ManagedFieldsEntry[];
    readonly manager: FieldManager;
    readonly time: string;
  },
): readonly ManagedFieldsEntry[] {
  const { entries, manager, time } = write;
  const old = before ? readFields(before, next) : new Map<string, string>();
  const now = readFields(next, before);
  const changed = [...now].filter(([field, value]) => old.get(field) !== value).map(([field]) => field);
  const gone = [...old.keys()].filter((field) => !now.has(field));
  if (changed.length === 0 && gone.length === 0) return entries;
  const owners = new FieldOwners(entries);
  owners.take(gone);
  owners.take(changed, manager);
  owners.give(manager, new Set([...owners.of(manager), ...changed]));
  return owners.entries(time);
}
