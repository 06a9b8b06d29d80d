import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../runtime/Clock.ts";
import { assertName } from "./assertName.ts";
import { assertWritable } from "./assertWritable.ts";
import type { FieldManager } from "./FieldOwners.ts";
import { freeze } from "./freeze.ts";
import type { Identities } from "./Identities.ts";
import type { JsonObject } from "./JsonObject.ts";
import { nextObject } from "./nextObject.ts";
import { normalize } from "./normalize.ts";
import type { ObjectStore } from "./ObjectStore.ts";
import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";
import type { ManagedFieldsEntry, StoredMeta, StoredObject } from "./StoredObject.ts";
import { trackUpdate } from "./trackUpdate.ts";
import type { ValidatingAdmission } from "./ValidatingAdmission.ts";

export interface Write {
  readonly manager: FieldManager;
  readonly dryRun: boolean;
  /** What server-side apply has found out already. */
  readonly managedFields?: readonly ManagedFieldsEntry[];
  readonly subresource?: "status";
}

/** Makes and changes objects by the server's rules, each at one stroke. Throws the server's refusals. */
export class ObjectWriter {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #identities: Identities;
  readonly #validate: ValidatingAdmission;

  constructor(options: {
    readonly store: ObjectStore;
    readonly clock: Clock;
    readonly identities: Identities;
    readonly validate: ValidatingAdmission;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#identities = options.identities;
    this.#validate = options.validate;
  }

  /** `object` with its defaults, and admitted. */
  create(type: ResourceType, object: JsonObject, write: Write): StoredObject {
    const { metadata: sent, ...rest } = normalize(type, object);
    assertWritable(type, rest);
    const metadata = sent as StoredMeta;
    if (metadata.resourceVersion)
      throw refusals.internal("resourceVersion should not be set on objects to be created");
    const name = metadata.name ?? this.#generatedName(metadata.generateName);
    assertName(type, name);
    if (this.#store.get(type, metadata.namespace, name)) throw refusals.alreadyExists(type, name);
    const { deletionTimestamp: _deletion, managedFields: _managed, ...kept } = metadata;
    const made: StoredObject = {
      ...(rest as JsonObject & { apiVersion: string; kind: string }),
      metadata: {
        ...kept,
        name,
        uid: this.#identities.uid(),
        creationTimestamp: this.now(),
        ...(type.hasGeneration && { generation: 1 }),
      },
    };
    const managed = this.#managed(undefined, made, write);
    this.#validate({ before: undefined, after: managed, dryRun: write.dryRun });
    return write.dryRun ? freeze(managed) : this.#store.put(type, managed);
  }

  /** The stored object, made what `written` says; it stays as it is when that changes nothing. */
  change(type: ResourceType, stored: StoredObject, written: JsonObject, write: Write): StoredObject {
    const normal = normalize(type, written);
    assertWritable(type, normal);
    assertSame(type, stored, normal["metadata"] as StoredMeta);
    const next = nextObject(type, stored, normal, write.subresource);
    assertRoleKept(type, stored, next);
    const managed = this.#managed(stored, next, write);
    this.#validate({ before: stored, after: managed, dryRun: write.dryRun });
    if (isDeepStrictEqual(managed, stored)) return stored;
    if (write.dryRun) return freeze(managed);
    return isGone(managed) ? this.#store.remove(type, managed) : this.#store.put(type, managed);
  }

  /**
   * Removes the object, or marks it for those who must finish first: a pod's kubelet, finalizers. A pod is marked in
   * any case, so that watches see two changes.
   */
  delete(type: ResourceType, stored: StoredObject, gracePeriodSeconds: number | undefined): void {
    this.#validate({ before: stored, after: undefined, dryRun: false });
    const isPod = type.kind === "Pod";
    const grace = isPod ? graceOf(stored, gracePeriodSeconds) : 0;
    const held = (stored.metadata.finalizers ?? []).length > 0;
    const marked = isPod || held ? this.#mark(type, stored, grace) : stored;
    if (held || grace > 0) return;
    if (type.kind === "Namespace") this.#empty(stored.metadata.name);
    this.#store.remove(type, marked);
  }

  /** As timestamps are written. */
  now(): string {
    return timestamp(this.#clock.now());
  }

  /** With the time by which it is to be gone, which is only ever brought forward. */
  #mark(type: ResourceType, stored: StoredObject, grace: number): StoredObject {
    const { deletionTimestamp, deletionGracePeriodSeconds: granted = 0, generation } = stored.metadata;
    if (deletionTimestamp !== undefined && grace >= granted) return stored;
    const earlier = deletionTimestamp === undefined ? grace : grace - granted;
    const from = deletionTimestamp === undefined ? this.#clock.now() : Date.parse(deletionTimestamp);
    const metadata = {
      ...stored.metadata,
      deletionTimestamp: timestamp(from + earlier * 1000),
      deletionGracePeriodSeconds: grace,
      ...(generation !== undefined && deletionTimestamp === undefined && { generation: generation + 1 }),
    };
    return this.#store.put(type, { ...stored, metadata });
  }

  #empty(namespace: string): void {
    for (const type of this.#store.types())
      if (type.namespaced)
        for (const object of this.#store.list(type, namespace)) this.#store.remove(type, object);
  }

  #generatedName(prefix: string | undefined): string {
    return prefix === undefined || prefix === "" ? "" : `${prefix}${this.#identities.suffix()}`;
  }

  #managed(before: StoredObject | undefined, next: StoredObject, write: Write): StoredObject {
    const { managedFields: entries = [], ...metadata } = next.metadata;
    const managedFields =
      write.managedFields ?? trackUpdate(before, next, { entries, manager: write.manager, time: this.now() });
    return {
      ...next,
      metadata: { ...metadata, ...(managedFields.length > 0 && { managedFields }) },
    };
  }
}

function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function assertSame(type: ResourceType, stored: StoredObject, written: Partial<StoredMeta>): void {
  const { name, namespace, uid, resourceVersion } = stored.metadata;
  if (written.name !== name || written.namespace !== namespace)
    throw refusals.badRequest(`the address of the object does not match that on the URL (${name})`);
  if (written.uid !== undefined && written.uid !== uid)
    throw refusals.conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${written.uid}, UID in object meta: ${uid}`,
    );
  if (written.resourceVersion !== undefined && written.resourceVersion !== resourceVersion)
    throw refusals.conflict(
      type,
      name,
      "the object has been modified; please apply your changes to the latest version and try again",
    );
}

function assertRoleKept({ kind }: ResourceType, stored: StoredObject, next: StoredObject): void {
  if (!kind.endsWith("RoleBinding") || isDeepStrictEqual(stored["roleRef"], next["roleRef"])) return;
  throw refusals.invalid(kind, stored.metadata.name, "roleRef: Invalid value: cannot change roleRef");
}

/** Seconds that a pod has to end; none where no kubelet has it, or it has ended. */
function graceOf(pod: StoredObject, asked: number | undefined): number {
  const spec = pod["spec"] as
    { readonly nodeName?: string; readonly terminationGracePeriodSeconds?: number } | undefined;
  const { phase } = (pod["status"] ?? {}) as { readonly phase?: string };
  if (!spec?.nodeName || phase === "Succeeded" || phase === "Failed") return 0;
  return asked ?? spec.terminationGracePeriodSeconds ?? 30;
}

/** Marked for deletion, and the last finalizer has gone. */
function isGone({ kind, metadata }: StoredObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0) return false;
  return kind !== "Pod" || deletionGracePeriodSeconds === 0;
}
