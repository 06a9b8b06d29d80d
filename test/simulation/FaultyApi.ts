import type { Collection } from "../../kube/Collection.ts";
import type {
  CallOptions,
  DeleteOptions,
  KubeApi,
  KubeList,
  ListOptions,
  ReadOptions,
  TokenRequest,
  WatchOptions,
  WriteOptions,
} from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import type { Patch } from "../../kube/Patch.ts";
import type { WatchEvent } from "../../kube/WatchEvent.ts";
import { NestedAbort } from "../../runtime/NestedAbort.ts";
import type { ApiLine } from "./ApiLine.ts";
import { FaultyWatch } from "./FaultyWatch.ts";

type Reads = Pick<KubeApi, "get" | "list">;

export interface FaultyApiOptions {
  readonly api: KubeApi;
  readonly line: ApiLine;
  /** The server as it was so many milliseconds ago. */
  readonly past: (milliseconds: number) => Reads;
  /** Does something in so many milliseconds of true time, whatever becomes of the process. */
  readonly later: (milliseconds: number, action: () => void) => void;
}

const defaultDeadline = 10_000;
/** Milliseconds by which a read may be behind, and after which a write comes that was given up. */
const stalest = 5_000;
const latest = 20_000;

interface Call {
  readonly kind: string;
  readonly writes: boolean;
  readonly options: CallOptions;
}

/** One process's way to the API server, with all that goes wrong on it. */
export class FaultyApi implements KubeApi {
  readonly #options: FaultyApiOptions;
  readonly #api: KubeApi;
  readonly #line: ApiLine;
  readonly #watches = new Set<NestedAbort>();

  constructor(options: FaultyApiOptions) {
    this.#options = options;
    this.#api = options.api;
    this.#line = options.line;
  }

  /** Ends what the server does for a process that is no more. */
  close(): void {
    for (const life of this.#watches) life.abort();
  }

  get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T> {
    return this.#read(reference.kind, options, (api, passed) =>
      api.get<T>(reference, { ...options, ...passed }),
    );
  }

  list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    return this.#read(collection.kind, options, (api, passed) =>
      api.list<T>(collection, { ...options, ...passed }),
    );
  }

  create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#write(object.kind, options, (passed) => this.#api.create(object, { ...options, ...passed }));
  }

  update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#write(object.kind, options, (passed) => this.#api.update(object, { ...options, ...passed }));
  }

  patch<T extends KubeObject>(reference: ObjectReference, patch: Patch, options: WriteOptions): Promise<T> {
    return this.#write(reference.kind, options, (passed) =>
      this.#api.patch<T>(reference, patch, { ...options, ...passed }),
    );
  }

  delete(reference: ObjectReference, options: DeleteOptions): Promise<void> {
    return this.#write(reference.kind, options, (passed) =>
      this.#api.delete(reference, { ...options, ...passed }),
    );
  }

  evict(pod: { readonly namespace: string; readonly name: string }, options: WriteOptions): Promise<void> {
    return this.#write("Pod", options, (passed) => this.#api.evict(pod, { ...options, ...passed }));
  }

  createToken(
    serviceAccount: { readonly namespace: string; readonly name: string },
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }> {
    return this.#write("ServiceAccount", options, (passed) =>
      this.#api.createToken(serviceAccount, request, passed),
    );
  }

  async *watch<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent<T>> {
    const { kind } = collection;
    const watch = new FaultyWatch(this.#line, kind, options);
    try {
      await this.#call({ kind, writes: false, options }, () => Promise.resolve());
    } catch (error) {
      yield watch.ended<T>(error);
      return;
    }
    const life = new NestedAbort(options.signal);
    this.#watches.add(life);
    try {
      yield* watch.pass<T>(this.#api.watch<T>(collection, { ...options, signal: life.signal }));
    } finally {
      this.#watches.delete(life);
      life.release();
    }
  }

  #read<T>(
    kind: string,
    options: CallOptions,
    act: (api: Reads, passed: CallOptions) => Promise<T>,
  ): Promise<T> {
    return this.#call({ kind, writes: false, options }, (passed) => {
      const stale = this.#line.chance(this.#line.weatherFor(kind).staleReads);
      return act(stale ? this.#options.past(this.#line.integer(1, stalest)) : this.#api, passed);
    });
  }

  #write<T>(kind: string, options: CallOptions, act: (passed: CallOptions) => Promise<T>): Promise<T> {
    return this.#call({ kind, writes: true, options }, (passed) => {
      if (!this.#line.chance(this.#line.weatherFor(kind).lateWrites)) return act(passed);
      const { signal } = new AbortController();
      this.#options.later(this.#line.integer(1, latest), () => void act({ signal }).catch(() => undefined));
      return this.#line.hang(options.deadline ?? defaultDeadline, options.signal);
    });
  }

  async #call<T>({ kind, writes, options }: Call, act: (passed: CallOptions) => Promise<T>): Promise<T> {
    const { deadline = defaultDeadline, signal } = options;
    const line = this.#line;
    signal.throwIfAborted();
    const { errors, lostAnswers, partition } = line.weatherFor(kind);
    if (partition === "refused") {
      await line.travel(kind, signal);
      throw line.broken();
    }
    if (line.hangs(kind)) return line.hang(deadline, signal);
    const sent = line.clock.monotonic();
    await line.travel(kind, signal);
    if (line.chance(errors)) throw line.error();
    const answer = await act({ signal });
    if (writes && line.chance(lostAnswers)) throw line.broken();
    await line.travel(kind, signal);
    // The world may have changed while this was under way.
    const taken = line.clock.monotonic() - sent;
    if (line.weatherFor(kind).partition === "hung" || taken > deadline)
      return line.hang(deadline - taken, signal);
    return answer;
  }
}
