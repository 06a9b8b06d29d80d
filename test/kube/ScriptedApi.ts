import type { Clock } from "../../runtime/Clock.ts";
import type { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { KubeApi, KubeList, ListOptions, WatchOptions } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { WatchEnd, WatchEvent } from "../../kube/WatchEvent.ts";

type Answer = KubeList<KubeObject> | ApiError;
type Step = { readonly after?: number } & (
  { readonly event: WatchEvent<KubeObject> } | { readonly end: WatchEnd }
);

/** An API that answers lists and watches as a script says; a watch without a script runs its term and ends. */
export class ScriptedApi implements KubeApi {
  readonly lists: { readonly at: number; readonly options: ListOptions }[] = [];
  readonly watches: {
    readonly at: number;
    readonly collection: Collection;
    readonly options: WatchOptions;
  }[] = [];
  /** The last one stays. */
  readonly listAnswers: Answer[] = [];
  readonly watchScripts: (readonly Step[])[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async list<T extends KubeObject>(_collection: Collection, options: ListOptions): Promise<KubeList<T>> {
    this.lists.push({ at: this.#clock.monotonic(), options });
    const answer = this.listAnswers.length > 1 ? this.listAnswers.shift() : this.listAnswers[0];
    if (!answer || answer instanceof Error) throw answer ?? new Error("no list was scripted");
    return answer as KubeList<T>;
  }

  async *watch<T extends KubeObject>(
    collection: Collection,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent<T>> {
    const started = this.#clock.monotonic();
    this.watches.push({ at: started, collection, options });
    try {
      for (const step of this.watchScripts.shift() ?? []) {
        await this.#clock.sleep(step.after ?? 0, options.signal);
        yield ("end" in step ? { type: "ENDED", end: step.end } : step.event) as WatchEvent<T>;
        if ("end" in step) return;
      }
      const left = started + options.timeoutSeconds * 1_000 - this.#clock.monotonic();
      await this.#clock.sleep(left, options.signal);
      yield { type: "ENDED", end: { reason: "closed" } };
    } catch {
      yield { type: "ENDED", end: { reason: "aborted" } };
    }
  }

  get = unscripted;
  create = unscripted;
  update = unscripted;
  patch = unscripted;
  delete = unscripted;
  evict = unscripted;
  createToken = unscripted;
}

function unscripted(): Promise<never> {
  return Promise.reject(new Error("not in the script"));
}
