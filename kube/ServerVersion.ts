import { backoffDelay } from "../runtime/backoffDelay.ts";
import type { Clock } from "../runtime/Clock.ts";
import type { Heartbeat } from "../runtime/Heartbeat.ts";
import type { Log } from "../runtime/Log.ts";
import type { Random } from "../runtime/Random.ts";
import type { CallOptions } from "./KubeApi.ts";

export interface ServerVersionOptions {
  /** `minor` of the API server's version: 37 for 1.37. */
  readonly minorVersion: (options: CallOptions) => Promise<number>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly heartbeat?: Heartbeat;
}

const retry = { initial: 500, maximum: 30_000 };
/** Milliseconds: a control plane is upgraded under running pods. */
const period = 600_000;
/** Milliseconds: how often a loop that only waits shows that it is alive. */
const beat = 30_000;

/** The API server's minor version, asked until it is known and every ten minutes from then on; the last one is kept. */
export class ServerVersion {
  readonly #options: ServerVersionOptions;
  #minor: number | undefined;

  constructor(options: ServerVersionOptions) {
    this.#options = options;
  }

  minor(): number | undefined {
    return this.#minor;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    let failures = 0;
    for (;;) {
      failures = (await this.#ask(failures === 0, signal)) ? 0 : failures + 1;
      const pause = failures === 0 ? period : backoffDelay(retry, failures - 1, random);
      for (let left = pause; left > 0; left -= beat) {
        this.#options.heartbeat?.beat();
        await clock.sleep(Math.min(left, beat), signal);
      }
    }
  }

  async #ask(firstFailure: boolean, signal: AbortSignal): Promise<boolean> {
    const { log } = this.#options;
    try {
      const minor = await this.#options.minorVersion({ signal });
      if (minor !== this.#minor)
        log.info({ event: "server.version", minor }, `the API server is Kubernetes 1.${minor}`);
      this.#minor = minor;
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (firstFailure)
        log.warn({ event: "server.failed", err: error }, "the API server can't be asked for its version");
      return false;
    }
  }
}
