import { ApiError } from "../../kube/ApiError.ts";
import type { WatchOptions } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { WatchEvent } from "../../kube/WatchEvent.ts";
import type { ApiLine } from "./ApiLine.ts";

/** One watch over a line on which things go wrong. */
export class FaultyWatch {
  readonly #line: ApiLine;
  readonly #kind: string;
  readonly #options: WatchOptions;

  constructor(line: ApiLine, kind: string, options: WatchOptions) {
    this.#line = line;
    this.#kind = kind;
    this.#options = options;
  }

  /** The server's events as they arrive, until the watch ends. */
  async *pass<T extends KubeObject>(events: AsyncIterable<WatchEvent<T>>): AsyncIterable<WatchEvent<T>> {
    const line = this.#line;
    const { signal } = this.#options;
    let heardAt = line.clock.monotonic();
    for await (const event of events) {
      if (line.hangs(this.#kind)) {
        yield await this.#silence(heardAt);
        return;
      }
      if (line.weatherFor(this.#kind).partition === "refused") {
        yield this.ended(line.broken());
        return;
      }
      if (event.type === "ENDED") {
        yield await this.#end<T>(event);
        return;
      }
      const fault = await this.#disturb();
      if (fault) {
        yield fault;
        return;
      }
      heardAt = line.clock.monotonic();
      yield event;
      if (line.chance(line.weatherFor(this.#kind).repeats) && !signal.aborted) yield event;
    }
  }

  /** As a watch tells that it could not be opened, or broke. */
  ended<T extends KubeObject>(error: unknown): WatchEvent<T> {
    if (this.#options.signal.aborted) return { type: "ENDED", end: { reason: "aborted" } };
    if (error instanceof ApiError) return { type: "ENDED", end: { reason: "failed", error } };
    throw error;
  }

  async #end<T extends KubeObject>(event: WatchEvent<T>): Promise<WatchEvent<T>> {
    const { signal } = this.#options;
    await this.#line.follow(this.#kind, signal).catch(() => undefined);
    return signal.aborted ? { type: "ENDED", end: { reason: "aborted" } } : event;
  }

  async #disturb(): Promise<WatchEvent<never> | undefined> {
    const { breaks, expiries } = this.#line.weatherFor(this.#kind);
    if (this.#line.chance(breaks)) return this.ended(this.#line.broken());
    if (this.#line.chance(expiries)) return { type: "ENDED", end: { reason: "expired" } };
    try {
      await this.#line.follow(this.#kind, this.#options.signal);
      return undefined;
    } catch (error) {
      return this.ended(error);
    }
  }

  /** What the caller sees of a dead watch: nothing more, until its patience ends. */
  async #silence<T extends KubeObject>(heardAt: number): Promise<WatchEvent<T>> {
    const { maxSilence, signal } = this.#options;
    const { clock } = this.#line;
    try {
      await clock.sleep(Math.max(0, heardAt + maxSilence - clock.monotonic()), signal);
      return { type: "ENDED", end: { reason: "silent" } };
    } catch (error) {
      return this.ended(error);
    }
  }
}
