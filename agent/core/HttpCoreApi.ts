import type { Clock } from "../../runtime/Clock.ts";
import { DeadlineError } from "../../runtime/DeadlineError.ts";
import { withDeadline } from "../../runtime/withDeadline.ts";
import { AnswerTooLargeError } from "./AnswerTooLargeError.ts";
import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CoreApi, CoreFailure, CoreInfo, CorePeer, CoreResult } from "./CoreApi.ts";
import { coreFailure } from "./coreFailure.ts";
import { fetchAnswer } from "./fetchAnswer.ts";
import { readConfigReload } from "./readConfigReload.ts";
import { readConnect } from "./readConnect.ts";
import { readInfo } from "./readInfo.ts";
import { readPeers } from "./readPeers.ts";

export interface HttpCoreApiOptions {
  /** Base URL of the admin HTTP, without a slash at its end. */
  readonly url: string;
  /** Path and query of config-reload. */
  readonly reloadPath: string;
  readonly clock: Clock;
}

/** Milliseconds; `/info` takes 0.1 ms, unless Core is busy with something that no second request makes better. */
const deadline = 5_000;

function failureOf(error: unknown): CoreFailure {
  if (error instanceof DeadlineError) return coreFailure("timeout", error.message);
  if (error instanceof AnswerTooLargeError) return coreFailure("too-large", error.message);
  if (!(error instanceof Error)) return coreFailure("broken", String(error));
  const { code } = error as NodeJS.ErrnoException;
  return coreFailure(code === "ECONNREFUSED" ? "refused" : "broken", code ?? error.message);
}

/**
 * Core's admin HTTP. Calls made at the same time wait for one another in the order they came; the deadline of 5 s is
 * each one's own, from when it is sent.
 */
export class HttpCoreApi implements CoreApi {
  readonly #options: HttpCoreApiOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: HttpCoreApiOptions) {
    this.#options = options;
  }

  info(signal: AbortSignal): Promise<CoreResult<CoreInfo>> {
    return this.#call("/info", readInfo, signal);
  }

  peers(signal: AbortSignal): Promise<CoreResult<readonly CorePeer[]>> {
    return this.#call("/peers", readPeers, signal);
  }

  connect(ip: string, port: number, signal: AbortSignal): Promise<CoreResult<void>> {
    return this.#call(`/connect?peer=${encodeURIComponent(ip)}&port=${port}`, readConnect, signal);
  }

  configReload(signal: AbortSignal): Promise<CoreResult<void>> {
    return this.#call(this.#options.reloadPath, readConfigReload, signal);
  }

  #call<T>(
    path: string,
    read: (answer: CoreAnswer) => CoreResult<T>,
    signal: AbortSignal,
  ): Promise<CoreResult<T>> {
    const call = this.#last.then(() => this.#send(path, read, signal));
    this.#last = call.catch(() => undefined);
    return call;
  }

  async #send<T>(
    path: string,
    read: (answer: CoreAnswer) => CoreResult<T>,
    signal: AbortSignal,
  ): Promise<CoreResult<T>> {
    const url = new URL(this.#options.url + path);
    try {
      return read(
        await withDeadline(this.#options.clock, deadline, signal, (inner) => fetchAnswer(url, inner)),
      );
    } catch (error) {
      signal.throwIfAborted();
      return failureOf(error);
    }
  }
}
