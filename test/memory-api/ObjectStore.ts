import { objectKey } from "../../kube/objectKey.ts";
import { freeze } from "./freeze.ts";
import type { ResourceType } from "./ResourceType.ts";
import type { StoredObject } from "./StoredObject.ts";

/** One write, as watches see it. A deleted object carries the version of its deletion. */
export interface StoredChange {
  readonly version: number;
  readonly type: ResourceType;
  readonly action: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: StoredObject;
  /** What was there before. */
  readonly previous: StoredObject | undefined;
}

/** How many changes can be asked for again: those before are forgotten, as etcd's compaction does. */
const historyLimit = 10_000;

/**
 * The objects of one server, under one count of versions, with what changed. Every call is done when it returns: what
 * reads and then writes without waiting in between can't be interrupted.
 */
export class ObjectStore {
  readonly #objects = new Map<ResourceType, Map<string, StoredObject>>();
  readonly #listeners = new Set<(change: StoredChange) => void>();
  #history: StoredChange[] = [];
  #version = 1;
  #oldest = 1;

  /** Of the newest write, whatever its kind. */
  get version(): number {
    return this.#version;
  }

  /** Changes after this version are remembered. */
  get oldest(): number {
    return this.#oldest;
  }

  /** The kinds that it has held objects of. */
  types(): readonly ResourceType[] {
    return [...this.#objects.keys()];
  }

  get(type: ResourceType, namespace: string | undefined, name: string): StoredObject | undefined {
    return this.#objects.get(type)?.get(`${namespace ?? ""}/${name}`);
  }

  /** Sorted by namespace and name, as etcd's keys are; as they were at `version`, if one is given. */
  list(type: ResourceType, namespace?: string, version = this.#version): readonly StoredObject[] {
    const kept = this.#objects.get(type) ?? new Map<string, StoredObject>();
    return [...(version < this.#version ? this.#undone(type, kept, version) : kept)]
      .filter(([, object]) => namespace === undefined || object.metadata.namespace === namespace)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
  }

  /** Keeps the object under a new version; it comes back as it is kept. */
  put(type: ResourceType, object: StoredObject): StoredObject {
    const kept = this.#objects.get(type) ?? new Map<string, StoredObject>();
    this.#objects.set(type, kept);
    const key = objectKey(object);
    const previous = kept.get(key);
    const stored = this.#versioned(object);
    kept.set(key, stored);
    this.#publish(type, previous ? "MODIFIED" : "ADDED", stored, previous);
    return stored;
  }

  /** Removes the object of that address; `object` is what it was at last. */
  remove(type: ResourceType, object: StoredObject): StoredObject {
    const kept = this.#objects.get(type);
    const previous = kept?.get(objectKey(object));
    kept?.delete(objectKey(object));
    const last = this.#versioned(object);
    this.#publish(type, "DELETED", last, previous);
    return last;
  }

  /** What was written after `version`, or undefined when that is forgotten. */
  changesAfter(version: number): readonly StoredChange[] | undefined {
    if (version < this.#oldest) return undefined;
    return this.#history.filter((change) => change.version > version);
  }

  /** Forgets all changes up to now. */
  forget(): void {
    this.#history = [];
    this.#oldest = this.#version;
  }

  /** Calls back at each change, until what is returned is called. */
  subscribe(listener: (change: StoredChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #undone(
    type: ResourceType,
    kept: ReadonlyMap<string, StoredObject>,
    version: number,
  ): ReadonlyMap<string, StoredObject> {
    const before = new Map(kept);
    for (const change of (this.changesAfter(version) ?? []).toReversed()) {
      if (change.type !== type) continue;
      if (change.previous) before.set(objectKey(change.object), change.previous);
      else before.delete(objectKey(change.object));
    }
    return before;
  }

  #versioned(object: StoredObject): StoredObject {
    this.#version += 1;
    return freeze({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    });
  }

  #publish(
    type: ResourceType,
    action: StoredChange["action"],
    object: StoredObject,
    previous: StoredObject | undefined,
  ): void {
    const change = { version: this.#version, type, action, object, previous };
    this.#history.push(change);
    if (this.#history.length > 2 * historyLimit) {
      this.#history = this.#history.slice(-historyLimit);
      this.#oldest = (this.#history[0]?.version ?? this.#version) - 1;
    }
    for (const listener of this.#listeners) listener(change);
  }
}
