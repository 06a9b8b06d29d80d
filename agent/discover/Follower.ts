import type { ApiError } from "../../kube/ApiError.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { Reflector } from "../../kube/Reflector.ts";
import type { ReflectorOptions } from "../../kube/ReflectorOptions.ts";
import { NestedAbort } from "../../runtime/NestedAbort.ts";
import { Notifier } from "../../runtime/Notifier.ts";

/** Milliseconds: how long an idle follower waits before it looks again whether it is wanted. */
const idle = 30_000;

/**
 * A reflector that runs only while it is wanted. Stopped, it forgets what it held; started again, it has to sync
 * before anybody may rely on it.
 */
export class Follower {
  readonly #options: ReflectorOptions;
  readonly #changed = new Notifier();
  #wanted = false;
  #stop: NestedAbort | undefined;
  #reflector: Reflector<KubeObject> | undefined;
  #failure: ApiError | undefined;

  constructor(options: ReflectorOptions) {
    this.#options = options;
  }

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (!wanted) this.#stop?.abort();
    this.#changed.notify();
  }

  synced(): boolean {
    return this.#reflector?.synced() ?? false;
  }

  /** The failure since which nothing has worked; undefined while all is well. */
  failure(): ApiError | undefined {
    return this.#failure;
  }

  age(): number {
    return this.#reflector?.age() ?? Infinity;
  }

  objects(): readonly KubeObject[] {
    return [...(this.#reflector?.items().values() ?? [])];
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (this.#wanted) await this.#follow(signal);
      else {
        this.#options.heartbeat?.beat();
        await this.#changed.wait(this.#options.clock, idle, signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const stop = new NestedAbort(signal);
    this.#stop = stop;
    this.#reflector = this.#create();
    try {
      await this.#reflector.run(stop.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!stop.signal.aborted) throw error;
    } finally {
      stop.release();
      this.#reflector = undefined;
      this.#failure = undefined;
    }
  }

  #create(): Reflector<KubeObject> {
    return new Reflector<KubeObject>({
      ...this.#options,
      onFailure: (error) => {
        this.#failure = error;
        this.#options.onFailure?.(error);
      },
      onRecovery: () => {
        this.#failure = undefined;
        this.#options.onRecovery?.();
      },
    });
  }
}
