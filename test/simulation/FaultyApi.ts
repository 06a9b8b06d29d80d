import { ApiError } from "../../kube/ApiError.ts";
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
import type { Clock } from "../../runtime/Clock.ts";
import { NestedAbort } from "../../runtime/NestedAbort.ts";
import { fairWeather } from "./fairWeather.ts";
import type { SeededRandom } from "./SeededRandom.ts";
import type { Weather } from "./Weather.ts";

const defaultDeadline = 10_000;

/** One process's way to the API server, with all that goes wrong on it. `clock` is the process's own. */
export class FaultyApi implements KubeApi {
  weather: Weather = fairWeather;
  readonly #api: KubeApi;
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #onFault: (fault: string) => void;
  readonly #watches = new Set<NestedAbort>();

  constructor(options: {
    readonly api: KubeApi;
    readonly clock: Clock;
    readonly random: SeededRandom;
    readonly onFault: (fault: string) => void;
  }) {
    this.#api = options.api;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#onFault = options.onFault;
  }

  /** Ends what the server does for a process that is no more. */
  close(): void {
    for (const life of this.#watches) life.abort();
  }

  get<T extends KubeObject>(reference: ObjectReference, options: ReadOptions): Promise<T> {
    return this.#call(options, false, (passed) => this.#api.get<T>(reference, { ...options, ...passed }));
  }

  list<T extends KubeObject>(collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    return this.#call(options, false, (passed) => this.#api.list<T>(collection, { ...options, ...passed }));
  }

  create<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#call(options, true, (passed) => this.#api.create(object, { ...options, ...passed }));
  }

  update<T extends KubeObject>(object: T, options: WriteOptions): Promise<T> {
    return this.#call(options, true, (passed) => this.#api.update(object, { ...options, ...passed }));
  }

  patch<T extends KubeObject>(reference: ObjectReference, patch: Patch, options: WriteOptions): Promise<T> {
    return this.#call(options, true, (passed) =>
      this.#api.patch<T>(reference, patch, { ...options, ...passed }),
    );
  }

  delete(reference: ObjectReference, options: DeleteOptions): Promise<void> {
    return this.#call(options, true, (passed) => this.#api.delete(reference, { ...options, ...passed }));
  }

  evict(pod: { readonly namespace: string; readonly name: string }, options: WriteOptions): Promise<void> {
    return this.#call(options, true, (passed) => this.#api.evict(pod, { ...options, ...passed }));
  }

  createToken(
    serviceAccount: { readonly namespace: string; readonly name: string },
    request: TokenRequest,
    options: CallOptions,
  ): Promise<{ readonly token: string; readonly expirationTimestamp: string }> {
    return this.#call(options, true, (passed) => this.#api.createToken(serviceAccount, request, passed));
  }

  async *watch<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent<T>> {
    const { signal } = options;
    try {
      await this.#call(options, false, () => Promise.resolve());
    } catch (error) {
      yield this.#ended<T>(error, signal);
      return;
    }
    const life = new NestedAbort(signal);
    this.#watches.add(life);
    try {
      yield* this.#passed<T>(this.#api.watch<T>(collection, { ...options, signal: life.signal }), options);
    } finally {
      this.#watches.delete(life);
      life.release();
    }
  }

  async *#passed<T extends KubeObject>(
    events: AsyncIterable<WatchEvent<T>>,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent<T>> {
    const { signal } = options;
    const opened = this.#clock.monotonic();
    let hung = false;
    for await (const event of events) {
      hung ||= this.#hangs();
      if (!hung && this.weather.partition === "refused") {
        yield this.#ended(this.#failure(0, "ConnectionFailed"), signal);
        return;
      }
      if (event.type === "ENDED" && !hung) await this.#follow(signal).catch(() => undefined);
      if (event.type === "ENDED") {
        yield signal.aborted
          ? { type: "ENDED", end: { reason: "aborted" } }
          : hung
            ? await this.#silence<T>(opened, options)
            : event;
        return;
      }
      if (hung) continue;
      const fault = await this.#disturb(signal);
      if (fault) {
        yield fault;
        return;
      }
      yield event;
      if (this.#random.chance(this.weather.repeats)) {
        this.#onFault("event repeated");
        yield event;
      }
    }
  }

  /** True when nothing more is heard of what is under way. */
  #hangs(): boolean {
    if (this.weather.partition === "hung") return true;
    if (!this.#random.chance(this.weather.hangs)) return false;
    this.#onFault("hung");
    return true;
  }

  async #disturb(signal: AbortSignal): Promise<WatchEvent<never> | undefined> {
    const { breaks, expiries } = this.weather;
    if (this.#random.chance(breaks)) return this.#ended(this.#failure(0, "ConnectionFailed"), signal);
    if (this.#random.chance(expiries)) {
      this.#onFault("watch expired");
      return { type: "ENDED", end: { reason: "expired" } };
    }
    try {
      await this.#follow(signal);
      return undefined;
    } catch (error) {
      return this.#ended(error, signal);
    }
  }

  /** What the caller sees of a dead watch: nothing, until its patience ends. */
  async #silence<T extends KubeObject>(
    opened: number,
    { signal, maxSilence }: WatchOptions,
  ): Promise<WatchEvent<T>> {
    try {
      await this.#clock.sleep(Math.max(0, opened + maxSilence - this.#clock.monotonic()), signal);
      return { type: "ENDED", end: { reason: "silent" } };
    } catch (error) {
      return this.#ended(error, signal);
    }
  }

  #ended<T extends KubeObject>(error: unknown, signal: AbortSignal): WatchEvent<T> {
    if (signal.aborted) return { type: "ENDED", end: { reason: "aborted" } };
    if (error instanceof ApiError) return { type: "ENDED", end: { reason: "failed", error } };
    throw error;
  }

  async #call<T>(
    { signal, deadline = defaultDeadline }: CallOptions,
    writes: boolean,
    act: (passed: CallOptions) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const { partition, errors, lostAnswers } = this.weather;
    if (partition === "refused") {
      await this.#travel(signal);
      throw this.#failure(0, "ConnectionFailed");
    }
    if (this.#hangs()) return this.#hang(deadline, signal);
    const sent = this.#clock.monotonic();
    await this.#travel(signal);
    if (this.#random.chance(errors)) throw this.#error();
    const answer = await act({ signal });
    if (writes && this.#random.chance(lostAnswers)) throw this.#failure(0, "ConnectionFailed");
    await this.#travel(signal);
    // The world may have changed while this was under way.
    if (this.weather.partition === "hung" || this.#clock.monotonic() - sent > deadline)
      return this.#hang(deadline - (this.#clock.monotonic() - sent), signal);
    return answer;
  }

  #error(): ApiError {
    const [status, reason] = this.#random.pick([
      [500, "InternalError"],
      [503, "ServiceUnavailable"],
      [429, "TooManyRequests"],
      [504, "Timeout"],
      [401, "Unauthorized"],
      [403, "Forbidden"],
    ] as const);
    return this.#failure(status, reason);
  }

  #failure(status: number, reason: string): ApiError {
    this.#onFault(`answered ${status} ${reason}`);
    const retryAfter = status === 429 ? { retryAfter: 1000 * this.#random.integer(1, 5) } : {};
    return new ApiError({ status, reason, message: "simulated", ...retryAfter });
  }

  async #hang(milliseconds: number, signal: AbortSignal): Promise<never> {
    await this.#clock.sleep(Math.max(0, milliseconds), signal);
    throw new ApiError({ status: 0, reason: "Timeout", message: "simulated" });
  }

  async #travel(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(this.#random.integer(1, this.weather.latency), signal);
  }

  /** Events of one watch come one after the other: short ways, so that delays do not add up to minutes. */
  async #follow(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(this.#random.integer(1, Math.min(1000, this.weather.latency)), signal);
  }
}
