import { backoffDelay } from "../runtime/backoffDelay.ts";
import { NestedAbort } from "../runtime/NestedAbort.ts";
import { ApiError } from "./ApiError.ts";
import { compareResourceVersions } from "./compareResourceVersions.ts";
import { ContentProof } from "./ContentProof.ts";
import type { KubeList } from "./KubeApi.ts";
import type { KubeObject } from "./KubeObject.ts";
import { objectKey } from "./objectKey.ts";
import { planAfterWatch } from "./planAfterWatch.ts";
import type { AfterWatch } from "./planAfterWatch.ts";
import { ReflectedObjects } from "./ReflectedObjects.ts";
import type { ReflectorOptions } from "./ReflectorOptions.ts";
import type { WatchEnd, WatchEvent } from "./WatchEvent.ts";

const retry = { initial: 1_000, maximum: 30_000 };
const pauseSlice = 5_000;
/** Milliseconds for which a list that is older than what was seen is not believed. */
const disbelief = 60_000;
/** Seconds of the first watch after a failure: so soon is there proof that all is well, if nothing changes. */
const probeSeconds = 5;
/** Milliseconds by which a server may close a watch early or late. */
const lateness = 1_000;
/** By what part of it this process's clock may run slower than the server's, which says when a term is over. */
const drift = 0.1;

/**
 * A collection, held in memory and kept up: a list, then watches from where it ended, for good.
 *
 * - An error of any kind leaves the content as it is; `age()` says how much it is worth.
 * - Lists ask for the newest, never for the server's cache (`resourceVersion=0`): what an API server behind the others
 *   holds could put an older picture in the place of a newer one, and `age()` would be a guess. They are rare: at the
 *   start, and when the server can't resume.
 * - Even so, a list that is older than what was seen is a failure: a server behind a cache, or behind the others. For
 *   60 s in a row; then etcd has been brought back from a backup, and is believed.
 * - A watch lasts maxAge; that the server ends it when its time is over shows that it was alive and had no more to
 *   say. So an unchanged collection costs one request in maxAge, whatever its size, and `age()` exceeds maxAge by the
 *   time that opening the next watch takes. Bookmarks alone would not do: a server sends one only if the resource has
 *   changed somewhere since the watch began (seen on 1.37; cache_watcher.go, `process`).
 * - Failures are retried after 1 s, doubling up to 30 s with jitter, or after Retry-After where that is longer.
 * - With `term` or `pulse`, a watch lasts longer than maxAge, and what it holds is proven by others or by its events.
 */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions;
  readonly #objects = new ReflectedObjects<T>();
  #resourceVersion: string | undefined;
  readonly #proof: ContentProof;
  /** The newest version that a list or an event has shown; `""` before the first. */
  #newest = "";
  #behindSince: number | undefined;
  #attempt = 0;
  /** Of a watch that begins with the state: what it has named so far. */
  #replayed: Set<string> | undefined;
  #open: NestedAbort | undefined;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#proof = new ContentProof(options.clock, options.maxAge);
  }

  /** By `namespace/name`; the map changes as the collection does. */
  items(): ReadonlyMap<string, T> {
    return this.#objects.items();
  }

  /** True once a complete picture was had, for good. */
  synced(): boolean {
    return this.#proof.known();
  }

  /**
   * Milliseconds since the content was last proven to be what the API has: by a list, a watch that the server ended
   * when its time was over, or, unless something has failed or maxAge has passed since the last of these, an event or
   * a bookmark. Infinite before the first list.
   */
  age(): number {
    return this.#proof.age();
  }

  /**
   * Ends the watch that is open and goes on with a short one: what came since, unnoticed, comes at once, and after 5 s
   * there is proof that this was all.
   */
  reopen(): void {
    this.#proof.doubt();
    this.#open?.abort();
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      this.#options.heartbeat?.beat();
      const after = await this.#step(signal);
      if (after.failure) this.#fail(after.failure);
      if (after.next === "list" || (after.pause && this.#options.small)) this.#resourceVersion = undefined;
      if (after.pause) await this.#pause(after.failure, signal);
    }
  }

  async #step(signal: AbortSignal): Promise<AfterWatch> {
    const listed = this.#resourceVersion === undefined;
    if (listed) {
      const failure = await this.#list(signal);
      if (failure) return { next: "list", pause: true, failure };
    }
    return this.#watch(this.#resourceVersion ?? "", listed, signal);
  }

  async #list(signal: AbortSignal): Promise<ApiError | undefined> {
    const { api, clock, collection, metadataOnly = false } = this.#options;
    const started = clock.monotonic();
    try {
      const list = await api.list<T>(collection, { signal, metadataOnly });
      if (this.#isBehind(list)) return behind();
      const first = !this.synced();
      const before = this.age();
      const changed = this.#objects.replace(list.items);
      this.#resourceVersion = list.resourceVersion;
      this.#newest = list.resourceVersion;
      this.#proof.listed(started);
      if (first || changed) this.#options.onChange(before);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ApiError) return error;
      throw error;
    }
  }

  #isBehind({ items, resourceVersion }: KubeList<T>): boolean {
    const now = this.#options.clock.monotonic();
    const older = (compareResourceVersions(resourceVersion, this.#newest) ?? 0) < 0;
    if (!older && !this.#objects.isBehind(items)) this.#behindSince = undefined;
    else this.#behindSince ??= now;
    return this.#behindSince !== undefined && now - this.#behindSince < disbelief;
  }

  async #watch(resourceVersion: string, listed: boolean, signal: AbortSignal): Promise<AfterWatch> {
    const { api, clock, collection, metadataOnly = false } = this.#options;
    const timeoutSeconds = this.#proof.shaken() ? probeSeconds : this.#termSeconds();
    const maxSilence = Math.min(timeoutSeconds * 1_000 + lateness, this.#options.pulse ?? Infinity);
    const open = new NestedAbort(signal);
    this.#open = open;
    const options = { resourceVersion, timeoutSeconds, maxSilence, metadataOnly, signal: open.signal };
    this.#replayed = resourceVersion === "" ? new Set() : undefined;
    const fullTerm = clock.monotonic() + timeoutSeconds * 1_000 * (1 - drift) - lateness;
    let heard = false;
    try {
      for await (const event of api.watch<T>(collection, options)) {
        if (event.type === "ENDED") {
          const whole = event.end.reason === "closed" && clock.monotonic() >= fullTerm;
          if (whole) this.#prove();
          return this.#ended(event.end, heard || whole, listed, signal);
        }
        heard = true;
        this.#take(event);
        this.#hear();
      }
    } finally {
      open.release();
    }
    signal.throwIfAborted();
    throw new Error("a watch ended without saying why");
  }

  #ended(end: WatchEnd, heard: boolean, listed: boolean, signal: AbortSignal): AfterWatch {
    if (end.reason === "aborted") {
      signal.throwIfAborted();
      if (this.#open?.signal.aborted) return { next: "watch", pause: false };
      throw new Error("a watch was aborted by somebody else");
    }
    const pulseless = end.reason === "silent" && this.#options.pulse !== undefined && !this.#proof.failing();
    if (pulseless) return { next: "watch", pause: false };
    return planAfterWatch({ end, heard, listed, aged: this.age() >= this.#options.maxAge });
  }

  #termSeconds(): number {
    const { maxAge, random, term } = this.#options;
    // Watches that began together, when a server came back, need not end together.
    const milliseconds = term ? term() * (1 - random.next() / 10) : maxAge;
    return Math.max(probeSeconds, Math.floor(milliseconds / 1_000));
  }

  /** The API speaks. */
  #hear(): void {
    this.#options.heartbeat?.beat();
    this.#attempt = 0;
    this.#proof.heard();
  }

  /** The server ended a watch when its time was over. */
  #prove(): void {
    this.#hear();
    if (this.#proof.wholeTerm()) this.#options.onRecovery?.();
  }

  #take(event: Exclude<WatchEvent<T>, { readonly type: "ENDED" }>): void {
    if (event.type === "BOOKMARK") {
      this.#resourceVersion = event.resourceVersion;
      this.#newest = event.resourceVersion;
      this.#endReplay();
      return;
    }
    // While the state is replayed, in no order of versions, only the bookmark says where it ended.
    if (!this.#replayed) this.#resourceVersion = event.object.metadata.resourceVersion ?? "";
    if (!this.#replayed) this.#newest = this.#resourceVersion ?? "";
    this.#replayed?.add(objectKey(event.object));
    if (this.#objects.apply(event.type, event.object)) this.#options.onChange(this.age());
  }

  /** An object deleted between list and watch is in neither the replay nor an event. */
  #endReplay(): void {
    const replayed = this.#replayed;
    this.#replayed = undefined;
    if (replayed && this.#objects.keep(replayed)) this.#options.onChange(this.age());
  }

  #fail(error: ApiError): void {
    if (this.#proof.failed()) this.#options.onFailure?.(error);
  }

  async #pause(failure: ApiError | undefined, signal: AbortSignal): Promise<void> {
    const { clock, heartbeat, random } = this.#options;
    const delay = backoffDelay(retry, this.#attempt, random);
    this.#attempt += 1;
    const until = clock.monotonic() + Math.max(delay, failure?.retryAfter ?? 0);
    for (let left = until - clock.monotonic(); left > 0; left = until - clock.monotonic()) {
      await clock.sleep(Math.min(left, pauseSlice), signal);
      heartbeat?.beat();
    }
  }
}

function behind(): ApiError {
  const message = "the API server shows what is older than what it has shown before";
  return new ApiError({ status: 0, reason: "InvalidAnswer", message });
}
