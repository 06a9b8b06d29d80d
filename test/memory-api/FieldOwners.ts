import { decodeFields } from "./decodeFields.ts";
import { encodeFields } from "./encodeFields.ts";
import type { ManagedFieldsEntry } from "./StoredObject.ts";

export interface FieldManager {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource?: string;
}

function idOf({ manager, operation, subresource = "" }: FieldManager): string {
  return JSON.stringify([manager, operation, subresource]);
}

/** Which manager owns which fields of an object: metadata.managedFields, as sets. */
export class FieldOwners {
  readonly #before: ReadonlyMap<string, ManagedFieldsEntry>;
  readonly #owned: Map<string, { readonly manager: FieldManager; fields: ReadonlySet<string> }>;

  constructor(entries: readonly ManagedFieldsEntry[]) {
    this.#before = new Map(entries.map((entry) => [idOf(entry), entry]));
    this.#owned = new Map(
      entries.map((entry) => [idOf(entry), { manager: entry, fields: decodeFields(entry.fieldsV1) }]),
    );
  }

  of(manager: FieldManager): ReadonlySet<string> {
    return this.#owned.get(idOf(manager))?.fields ?? new Set();
  }

  /** The managers besides this one, with what they own. */
  others(
    manager: FieldManager,
  ): readonly { readonly manager: string; readonly fields: ReadonlySet<string> }[] {
    const own = idOf(manager);
    return [...this.#owned]
      .filter(([id]) => id !== own)
      .map(([, { manager: other, fields }]) => ({ manager: other.manager, fields }));
  }

  give(manager: FieldManager, fields: ReadonlySet<string>): void {
    this.#owned.set(idOf(manager), { manager, fields: new Set(fields) });
  }

  /** Nobody but `manager`, if one is given, owns these any more. */
  take(fields: Iterable<string>, manager?: FieldManager): void {
    const taken = new Set(fields);
    const own = manager && idOf(manager);
    for (const [id, owned] of this.#owned)
      if (id !== own && [...taken].some((field) => owned.fields.has(field)))
        owned.fields = new Set([...owned.fields].filter((field) => !taken.has(field)));
  }

  /** The entries as they are now; `time` is that of those that changed. */
  entries(time: string): readonly ManagedFieldsEntry[] {
    return [...this.#owned.values()]
      .filter(({ fields }) => fields.size > 0)
      .map(({ manager, fields }) => this.#entry(manager, fields, time));
  }

  #entry(
    { manager, operation, apiVersion, subresource }: FieldManager,
    fields: ReadonlySet<string>,
    time: string,
  ): ManagedFieldsEntry {
    const before = this.#before.get(
      idOf({ manager, operation, apiVersion, ...(subresource && { subresource }) }),
    );
    if (before && decodeFields(before.fieldsV1) === fields) return before;
    const fieldsV1 = encodeFields(fields);
    if (before && JSON.stringify(before.fieldsV1) === JSON.stringify(fieldsV1)) return before;
    return {
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: "FieldsV1",
      fieldsV1,
      ...(subresource && { subresource }),
    };
  }
}
