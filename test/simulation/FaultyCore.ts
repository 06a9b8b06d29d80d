import type { CoreApi, CoreInfo, CorePeer, CoreResult } from "../../agent/core/CoreApi.ts";
import { coreFailure } from "../../agent/core/coreFailure.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { SeededRandom } from "./SeededRandom.ts";

const deadline = 5_000;

export interface FaultyCoreOptions {
  readonly core: CoreApi;
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** Milliseconds that a message is under way, at most. */
  readonly latency: () => number;
  /** Before each request that changes something. */
  readonly onConnect: (address: string) => void;
  readonly onReload: () => void;
}

/** A process's way to its Core: requests and answers take time, and one that hangs takes until the deadline. */
export class FaultyCore implements CoreApi {
  readonly #options: FaultyCoreOptions;

  constructor(options: FaultyCoreOptions) {
    this.#options = options;
  }

  info(signal: AbortSignal): Promise<CoreResult<CoreInfo>> {
    return this.#call(signal, () => this.#options.core.info(signal));
  }

  peers(signal: AbortSignal): Promise<CoreResult<readonly CorePeer[]>> {
    return this.#call(signal, () => this.#options.core.peers(signal));
  }

  connect(ip: string, port: number, signal: AbortSignal): Promise<CoreResult<void>> {
    return this.#call(signal, () => {
      this.#options.onConnect(`${ip}:${port}`);
      return this.#options.core.connect(ip, port, signal);
    });
  }

  configReload(signal: AbortSignal): Promise<CoreResult<void>> {
    return this.#call(signal, () => {
      this.#options.onReload();
      return this.#options.core.configReload(signal);
    });
  }

  async #call<T>(signal: AbortSignal, act: () => Promise<CoreResult<T>>): Promise<CoreResult<T>> {
    const { clock, latency, random } = this.#options;
    const way = random.integer(1, latency());
    if (way >= deadline) return this.#timeout(deadline, signal);
    await clock.sleep(way, signal);
    const answer = await act();
    const back = random.integer(1, latency());
    const hung = !answer.ok && answer.reason === "timeout";
    if (hung || way + back >= deadline) return this.#timeout(deadline - way, signal);
    await clock.sleep(back, signal);
    return answer;
  }

  async #timeout(milliseconds: number, signal: AbortSignal): Promise<CoreResult<never>> {
    await this.#options.clock.sleep(milliseconds, signal);
    return coreFailure("timeout", "no answer within 5000 ms");
  }
}
