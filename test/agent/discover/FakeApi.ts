import { ApiError } from "../../../kube/ApiError.ts";
import type { Collection } from "../../../kube/Collection.ts";
import type { KubeApi, KubeList, ListOptions, WatchOptions } from "../../../kube/KubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { WatchEvent } from "../../../kube/WatchEvent.ts";
import type { Clock } from "../../../runtime/Clock.ts";
import { Notifier } from "../../../runtime/Notifier.ts";

type Trouble = "none" | "hang" | "silent" | ApiError;

interface Change {
  readonly version: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubeObject;
}

function keyOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
}

/** Selectors of the two forms that discovery uses: `key` and `key=value`. */
function isSelected(object: KubeObject, { kind, labelSelector }: Collection): boolean {
  if (object.kind !== kind) return false;
  const [key = "", value] = (labelSelector ?? "").split("=");
  const own = object.metadata.labels?.[key];
  return key === "" || (own !== undefined && (value === undefined || own === value));
}

async function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

/** An API server with two kinds and troubles to order, for list and watch alone; time is the given clock's. */
export class FakeApi implements KubeApi {
  /** What was asked: `list StellarNode`, `watch EndpointSlice`, … . */
  readonly requests: string[] = [];
  readonly #clock: Clock;
  readonly #objects = new Map<string, KubeObject>();
  readonly #changes: Change[] = [];
  readonly #trouble = new Map<string, Trouble>();
  readonly #watches = new Set<Notifier>();
  #version = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(...objects: readonly KubeObject[]): void {
    for (const object of objects) {
      const version = (this.#version += 1);
      const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
      const type = this.#objects.has(keyOf(object)) ? "MODIFIED" : "ADDED";
      this.#objects.set(keyOf(object), stored);
      this.#changes.push({ version, type, object: stored });
    }
    this.#wake();
  }

  remove(object: KubeObject): void {
    const version = (this.#version += 1);
    const metadata = { ...object.metadata, resourceVersion: String(version) };
    this.#objects.delete(keyOf(object));
    this.#changes.push({ version, type: "DELETED", object: { ...object, metadata } });
    this.#wake();
  }

  /** From now on every call for the kind meets this; watches that are open break, unless they only fall silent. */
  trouble(kind: string, trouble: Trouble): void {
    this.#trouble.set(kind, trouble);
    this.#wake();
  }

  async list<T extends KubeObject>(collection: Collection, { signal }: ListOptions): Promise<KubeList<T>> {
    this.requests.push(`list ${collection.kind}`);
    const trouble = this.#trouble.get(collection.kind) ?? "none";
    if (trouble === "hang") await this.#timeout(signal);
    if (trouble instanceof ApiError) throw trouble;
    const items = [...this.#objects.values()].filter((object) =>
      isSelected(object, collection),
    ) as unknown as T[];
    return { resourceVersion: String(this.#version), items };
  }

  async *watch<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent<T>> {
    this.requests.push(`watch ${collection.kind}`);
    const { signal, timeoutSeconds, maxSilence } = options;
    const changed = new Notifier();
    this.#watches.add(changed);
    const start = this.#clock.monotonic();
    let version = Number(options.resourceVersion);
    let bookmarked = false;
    try {
      for (;;) {
        const trouble = this.#trouble.get(collection.kind) ?? "none";
        if (trouble instanceof ApiError) {
          yield { type: "ENDED", end: { reason: "failed", error: trouble } };
          return;
        }
        const age = this.#clock.monotonic() - start;
        if (trouble !== "none") {
          await this.#clock.sleep(Math.max(1, maxSilence - age), signal);
          yield { type: "ENDED", end: { reason: "silent" } };
          return;
        }
        for (const change of this.#changes.filter((change) => change.version > version)) {
          version = change.version;
          if (isSelected(change.object, collection)) yield { type: change.type, object: change.object as T };
        }
        const bookmarkAt = timeoutSeconds * 1000 - 2000;
        if (!bookmarked && age >= bookmarkAt) {
          bookmarked = true;
          yield { type: "BOOKMARK", resourceVersion: String(version) };
        }
        if (age >= timeoutSeconds * 1000) {
          yield { type: "ENDED", end: { reason: "closed" } };
          return;
        }
        await changed.wait(this.#clock, (bookmarked ? timeoutSeconds * 1000 : bookmarkAt) - age, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      yield { type: "ENDED", end: { reason: "aborted" } };
    } finally {
      this.#watches.delete(changed);
    }
  }

  get(): Promise<never> {
    return this.#unexpected();
  }

  create(): Promise<never> {
    return this.#unexpected();
  }

  update(): Promise<never> {
    return this.#unexpected();
  }

  patch(): Promise<never> {
    return this.#unexpected();
  }

  delete(): Promise<never> {
    return this.#unexpected();
  }

  evict(): Promise<never> {
    return this.#unexpected();
  }

  createToken(): Promise<never> {
    return this.#unexpected();
  }

  #wake(): void {
    for (const watch of this.#watches) watch.notify();
  }

  async #timeout(signal: AbortSignal): Promise<never> {
    await Promise.race([this.#clock.sleep(10_000, signal), hang(signal)]);
    throw new ApiError({ status: 0, reason: "Timeout", message: "no answer within 10000 ms" });
  }

  #unexpected(): Promise<never> {
    return Promise.reject(new Error("discovery only lists and watches"));
  }
}
