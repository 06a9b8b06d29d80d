import type { CoreApi, CoreInfo, CorePeer, CoreResult } from "../../agent/core/CoreApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { SeededRandom } from "./SeededRandom.ts";

const slowest = 10;
const deadline = 5_000;

export interface FaultyCoreOptions {
  readonly core: CoreApi;
  readonly clock: Clock;
  readonly random: SeededRandom;
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
    const { clock, random } = this.#options;
    await clock.sleep(random.integer(1, slowest), signal);
    const answer = await act();
    const hung = !answer.ok && answer.reason === "timeout";
    await clock.sleep(hung ? deadline : random.integer(1, slowest), signal);
    return answer;
  }
}
