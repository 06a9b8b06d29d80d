import { compareResourceVersions } from "./compareResourceVersions.ts";
import type { KubeObject } from "./KubeObject.ts";
import { objectKey } from "./objectKey.ts";

type Change = "ADDED" | "MODIFIED" | "DELETED";

/** The content of a Reflector: what lists and events come to. Each method says whether anything changed. */
export class ReflectedObjects<T extends KubeObject> {
  readonly #items = new Map<string, T>();

  items(): ReadonlyMap<string, T> {
    return this.#items;
  }

  /** Exactly these, from now on. */
  replace(objects: readonly T[]): boolean {
    const keys = new Set(objects.map(objectKey));
    let changed = this.keep(keys);
    for (const object of objects) changed = this.#set(object) || changed;
    return changed;
  }

  /** True when this shows one of the objects as it was before it was as held. */
  isBehind(objects: readonly T[]): boolean {
    return objects.some((object) => {
      const held = this.#items.get(objectKey(object));
      return held !== undefined && isOlder(object, held);
    });
  }

  /** None but these keys. */
  keep(keys: ReadonlySet<string>): boolean {
    let changed = false;
    for (const key of this.#items.keys()) {
      if (!keys.has(key)) changed = this.#items.delete(key) || changed;
    }
    return changed;
  }

  /** One event. What is older than what is held (a replay of the state from a server's cache) is left out. */
  apply(change: Change, object: T): boolean {
    const held = this.#items.get(objectKey(object));
    if (held && isOlder(object, held)) return false;
    return change === "DELETED" ? this.#items.delete(objectKey(object)) : this.#set(object);
  }

  #set(object: T): boolean {
    const key = objectKey(object);
    const held = this.#items.get(key);
    this.#items.set(key, object);
    return !held || version(held) !== version(object) || version(object) === "";
  }
}

function version(object: KubeObject): string {
  return object.metadata.resourceVersion ?? "";
}

function isOlder(object: KubeObject, held: KubeObject): boolean {
  return (compareResourceVersions(version(object), version(held)) ?? 0) < 0;
}
