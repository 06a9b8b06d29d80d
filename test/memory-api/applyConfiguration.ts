import { FieldOwners, type FieldManager } from "./FieldOwners.ts";
import type { JsonObject } from "./JsonObject.ts";
import { mergeApplied } from "./mergeApplied.ts";
import { readFields } from "./readFields.ts";
import { refusals } from "./refusals.ts";
import { removeField } from "./removeField.ts";
import type { ManagedFieldsEntry } from "./StoredObject.ts";

export interface AppliedConfiguration {
  readonly object: JsonObject;
  readonly managedFields: readonly ManagedFieldsEntry[];
}

/**
 * Server-side apply: the object with what `configuration` says, without what this manager applied before and says no
 * longer, unless another owns it too. Throws the server's 409 where another manager's field would change, unless
 * `force`: then that field is taken from it.
 */
export function applyConfiguration(
  live: JsonObject | undefined,
  configuration: JsonObject,
  write: {
    readonly entries: readonly ManagedFieldsEntry[];
    readonly manager: FieldManager;
    readonly force: boolean;
    readonly time: string;
  },
): AppliedConfiguration {
  const { entries, manager, force, time } = write;
  const owners = new FieldOwners(entries);
  const wanted = readFields(configuration);
  const present = live ? readFields(live) : new Map<string, string>();
  const changed = new Set(
    [...wanted].filter(([field, value]) => present.get(field) !== value).map(([field]) => field),
  );
  if (!force) refuseConflicts(owners, manager, changed);
  owners.take(changed, manager);
  const object = dropAbandoned(
    mergeApplied(live, configuration, manager.apiVersion) as JsonObject,
    [...owners.of(manager)].filter((field) => !wanted.has(field)),
    owners.others(manager).flatMap(({ fields }) => [...fields]),
  );
  owners.give(manager, new Set(wanted.keys()));
  return { object, managedFields: owners.entries(time) };
}

function refuseConflicts(owners: FieldOwners, manager: FieldManager, changed: ReadonlySet<string>): void {
  const conflicts = owners
    .others(manager)
    .flatMap(({ manager: other, fields }) =>
      [...fields]
        .filter((field) => changed.has(field))
        .map((field) => `conflict with ${JSON.stringify(other)}: ${pathText(field)}`),
    );
  if (conflicts.length > 0) throw refusals.applyConflict(conflicts);
}

function dropAbandoned(
  object: JsonObject,
  abandoned: readonly string[],
  kept: readonly string[],
): JsonObject {
  return abandoned
    .filter((field) => !kept.some((other) => other === field || other.startsWith(`${field.slice(0, -1)},`)))
    .reduce((left, field) => removeField(left, JSON.parse(field) as readonly string[]) as JsonObject, object);
}

function pathText(field: string): string {
  return (JSON.parse(field) as readonly string[])
    .map((element) => (element.startsWith("f:") ? `.${element.slice(2)}` : `[${element.slice(2)}]`))
    .join("");
}
