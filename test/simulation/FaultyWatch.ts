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
    const opened = line.clock.monotonic();
    let hung = false;
    for await (const event of events) {
      hung ||= line.hangs(this.#kind);
      if (!hung && line.weatherFor(this.#kind).partition === "refused") {
        yield this.ended(line.broken());
        return;
      }
      if (event.type === "ENDED") {
        yield await this.#end<T>(event, hung, opened);
        return;
      }
      if (hung) continue;
      const fault = await this.#disturb();
      if (fault) {
        yield fault;
        return;
      }
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

  async #end<T extends KubeObject>(
    event: WatchEvent<T>,
    hung: boolean,
    opened: number,
  ): Promise<WatchEvent<T>> {
    const { signal } = this.#options;
    if (!hung) await this.#line.follow(this.#kind, signal).catch(() => undefined);
    if (signal.aborted) return { type: "ENDED", end: { reason: "aborted" } };
    return hung ? this.#silence(opened) : event;
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

  /** What the caller sees of a dead watch: nothing, until its patience ends. */
  async #silence<T extends KubeObject>(opened: number): Promise<WatchEvent<T>> {
    const { maxSilence, signal } = this.#options;
    const { clock } = this.#line;
    try {
      await clock.sleep(Math.max(0, opened + maxSilence - clock.monotonic()), signal);
      return { type: "ENDED", end: { reason: "silent" } };
    } catch (error) {
      return this.ended(error);
    }
  }
}
