import type { WatchOptions } from "../../kube/KubeApi.ts";
import type { WatchEnd } from "../../kube/WatchEvent.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { ObjectStore } from "./ObjectStore.ts";
import { parseVersion } from "./parseVersion.ts";
import { refusals } from "./refusals.ts";
import { selectChange, type SelectedChange } from "./selectChange.ts";
import type { Selection } from "./Selection.ts";

export type Sent = SelectedChange | { readonly type: "BOOKMARK"; readonly resourceVersion: string };

/** Milliseconds: how often a bookmark is due, and how long before the end the last one comes. */
const bookmarkPeriod = 60_000;
const lastBookmark = 2_000;

/** One watch of a store, over which it lasts no longer than asked. Bookmarks come only where there is news elsewhere. */
export class StoreWatch {
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #selection: Selection;
  readonly #options: WatchOptions;
  readonly #changed = new Notifier();
  readonly #waiting: Sent[] = [];
  readonly #end: number;
  readonly #begun: number;
  #bookmark: number;

  /** Throws the server's 400 or 410. */
  constructor(store: ObjectStore, clock: Clock, selection: Selection, options: WatchOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#selection = selection;
    this.#options = options;
    this.#begun = this.#replay(options.resourceVersion);
    const now = clock.monotonic();
    this.#end = now + options.timeoutSeconds * 1000;
    this.#bookmark = this.#nextBookmark(now);
  }

  /** What is sent, until why it ended. */
  async *run(): AsyncGenerator<Sent, WatchEnd, undefined> {
    const { signal, maxSilence } = this.#options;
    const unsubscribe = this.#store.subscribe((change) => {
      // A version that is yet to come is waited for in silence.
      if (change.version > this.#begun) this.#take(selectChange(change, this.#selection));
    });
    let silent = this.#clock.monotonic() + maxSilence;
    try {
      for (;;) {
        if (signal.aborted) return { reason: "aborted" };
        const sent = this.#waiting.shift() ?? this.#dueBookmark();
        if (sent) {
          yield sent;
          silent = this.#clock.monotonic() + maxSilence;
          continue;
        }
        const now = this.#clock.monotonic();
        if (now >= this.#end) return { reason: "closed" };
        if (now >= silent) return { reason: "silent" };
        await this.#wait(Math.min(this.#end, silent, this.#bookmark) - now, signal);
      }
    } finally {
      unsubscribe();
    }
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#changed.wait(this.#clock, milliseconds, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Puts up what is past at `resourceVersion`; returns the version that this watch begins after. */
  #replay(resourceVersion: string): number {
    const version = parseVersion(resourceVersion);
    if (version === 0) {
      const { type, namespace } = this.#selection;
      for (const object of this.#store.list(type, namespace))
        if (this.#selection.has(object)) this.#take({ type: "ADDED", object });
      return this.#store.version;
    }
    const past = this.#store.changesAfter(version);
    if (!past) throw refusals.expired(resourceVersion, this.#store.oldest);
    for (const change of past) this.#take(selectChange(change, this.#selection));
    return version;
  }

  #take(change: SelectedChange | undefined): void {
    if (!change) return;
    this.#waiting.push(change);
    this.#changed.notify();
  }

  #dueBookmark(): Sent | undefined {
    const now = this.#clock.monotonic();
    if (now < this.#bookmark) return undefined;
    this.#bookmark = this.#nextBookmark(now);
    if (this.#store.version <= this.#begun) return undefined;
    return { type: "BOOKMARK", resourceVersion: String(this.#store.version) };
  }

  #nextBookmark(now: number): number {
    const last = this.#end - lastBookmark;
    if (now >= last) return Number.POSITIVE_INFINITY;
    return Math.min(now + bookmarkPeriod, last);
  }
}
