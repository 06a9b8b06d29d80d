import { ApiError } from "../../../kube/ApiError.ts";
import type { Collection } from "../../../kube/Collection.ts";
import type { CallOptions, KubeApi, KubeList, WatchOptions, WriteOptions } from "../../../kube/KubeApi.ts";
import type { KubeObject } from "../../../kube/KubeObject.ts";
import type { ObjectReference } from "../../../kube/ObjectReference.ts";
import type { Patch } from "../../../kube/Patch.ts";
import type { WatchEvent } from "../../../kube/WatchEvent.ts";
import type { Clock } from "../../../runtime/Clock.ts";
import { Notifier } from "../../../runtime/Notifier.ts";
import { withDeadline } from "../../../runtime/withDeadline.ts";

export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch";

export interface Call {
  readonly verb: Verb;
  readonly kind: string;
  readonly body?: unknown;
}

type Fields = Record<string, unknown>;

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Fields = { ...(target as Fields | undefined) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

function fail(status: number, reason: string): ApiError {
  return new ApiError({ status, reason, message: `${status} ${reason}` });
}

/**
 * A few objects with resourceVersions, conflicts and watches; enough for an election and one ConfigMap.
 * Each test bends it through `before` and `after`, which run around each call and may wait or throw.
 */
export class SmallApi implements KubeApi {
  readonly calls: Call[] = [];
  before: (call: Call, signal: AbortSignal) => Promise<void> | void = () => undefined;
  after: (call: Call, signal: AbortSignal) => Promise<void> | void = () => undefined;
  readonly #clock: Clock;
  readonly #objects = new Map<string, KubeObject>();
  readonly #events: { readonly version: number; readonly event: WatchEvent<KubeObject> }[] = [];
  readonly #watchers = new Set<Notifier>();
  #version = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Writes without any check, as somebody else would. */
  put(object: KubeObject, manager?: string): void {
    const key = `${object.kind}/${object.metadata.name}`;
    const before = this.#objects.get(key);
    const managedFields = manager
      ? [
          ...(before?.metadata.managedFields ?? []).filter((entry) => entry.manager !== manager),
          { manager, operation: "Update", time: new Date(this.#clock.now()).toISOString() },
        ]
      : before?.metadata.managedFields;
    const stored = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: before?.metadata.uid ?? `uid-${this.#version + 1}`,
        resourceVersion: String((this.#version += 1)),
        ...(managedFields ? { managedFields } : {}),
      },
    };
    this.#objects.set(key, stored);
    this.#tell(before ? "MODIFIED" : "ADDED", stored);
  }

  remove(kind: string, name: string): void {
    const stored = this.#objects.get(`${kind}/${name}`);
    if (!stored) return;
    this.#objects.delete(`${kind}/${name}`);
    this.#version += 1;
    this.#tell("DELETED", {
      ...stored,
      metadata: { ...stored.metadata, resourceVersion: String(this.#version) },
    });
  }

  read(kind: string, name: string): KubeObject | undefined {
    return this.#objects.get(`${kind}/${name}`);
  }

  get<T extends KubeObject>(reference: ObjectReference, options: CallOptions): Promise<T> {
    return this.#call({ verb: "get", kind: reference.kind }, options, () => this.#find(reference) as T);
  }

  list<T extends KubeObject>(collection: Collection, options: CallOptions): Promise<KubeList<T>> {
    return this.#call({ verb: "list", kind: collection.kind }, options, () => ({
      resourceVersion: String(this.#version),
      items: [...this.#objects.values()].filter(
        (object) => object.kind === collection.kind && object.metadata.name === collection.name,
      ) as T[],
    }));
  }

  async *watch<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent<T>> {
    const changed = new Notifier();
    this.#watchers.add(changed);
    const end = this.#clock.monotonic() + options.timeoutSeconds * 1000;
    let seen = Number(options.resourceVersion);
    const call: Call = { verb: "watch", kind: collection.kind };
    this.calls.push(call);
    try {
      await this.before(call, options.signal);
      while (this.#clock.monotonic() < end) {
        for (const { version, event } of this.#events.filter((entry) => entry.version > seen)) {
          seen = version;
          if (event.type !== "MODIFIED" && event.type !== "ADDED" && event.type !== "DELETED") continue;
          if (event.object.kind !== collection.kind) continue;
          await this.after(call, options.signal);
          yield event as WatchEvent<T>;
        }
        if (this.#events.some((entry) => entry.version > seen)) continue;
        await changed.wait(this.#clock, end - this.#clock.monotonic(), options.signal);
      }
      yield { type: "BOOKMARK", resourceVersion: String(seen) };
      yield { type: "ENDED", end: { reason: "closed" } };
    } catch (error) {
      if (options.signal.aborted) yield { type: "ENDED", end: { reason: "aborted" } };
      else if (error instanceof ApiError) yield { type: "ENDED", end: { reason: "failed", error } };
      else throw error;
    } finally {
      this.#watchers.delete(changed);
    }
  }

  create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#call({ verb: "create", kind: object.kind, body: object }, options, () => {
      if (this.read(object.kind, object.metadata.name ?? "")) throw fail(409, "AlreadyExists");
      this.put(object, options.fieldManager);
      return this.#find(object) as T;
    });
  }

  update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#call({ verb: "update", kind: object.kind, body: object }, options, () => {
      this.#check(object, object.metadata.resourceVersion);
      this.put(object, options.fieldManager);
      return this.#find(object) as T;
    });
  }

  patch<T extends KubeObject>(reference: ObjectReference, patch: Patch, options: WriteOptions): Promise<T> {
    return this.#call({ verb: "patch", kind: reference.kind, body: patch.body }, options, () => {
      const body = patch.body as Partial<KubeObject>;
      const stored = this.#check(reference, body.metadata?.resourceVersion);
      this.put(merge(stored, body) as KubeObject, options.fieldManager);
      return this.#find(reference) as T;
    });
  }

  delete(): Promise<void> {
    throw new Error("not needed");
  }

  evict(): Promise<void> {
    throw new Error("not needed");
  }

  createToken(): Promise<never> {
    throw new Error("not needed");
  }

  async #call<T>(call: Call, options: CallOptions, act: () => T): Promise<T> {
    const deadline = options.deadline ?? 10_000;
    try {
      return await withDeadline(this.#clock, deadline, options.signal, async (signal) => {
        this.calls.push(call);
        await this.before(call, signal);
        const result = act();
        await this.after(call, signal);
        return result;
      });
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof ApiError) throw error;
      throw new ApiError({ status: 0, reason: "Timeout", message: "no answer", cause: error });
    }
  }

  #find(of: ObjectReference | KubeObject): KubeObject {
    const name = "metadata" in of ? of.metadata.name : of.name;
    const stored = this.read(of.kind, name ?? "");
    if (!stored) throw fail(404, "NotFound");
    return stored;
  }

  #check(of: ObjectReference | KubeObject, resourceVersion: string | undefined): KubeObject {
    const stored = this.#find(of);
    if (resourceVersion && resourceVersion !== stored.metadata.resourceVersion) throw fail(409, "Conflict");
    return stored;
  }

  #tell(type: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject): void {
    this.#events.push({ version: this.#version, event: { type, object } });
    for (const watcher of this.#watchers) watcher.notify();
  }
}
