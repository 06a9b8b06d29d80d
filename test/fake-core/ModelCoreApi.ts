import type { CoreAnswer } from "../../agent/core/CoreAnswer.ts";
import type { CoreApi, CoreInfo, CorePeer, CoreResult } from "../../agent/core/CoreApi.ts";
import { coreFailure } from "../../agent/core/coreFailure.ts";
import { readConfigReload } from "../../agent/core/readConfigReload.ts";
import { readConnect } from "../../agent/core/readConnect.ts";
import { readInfo } from "../../agent/core/readInfo.ts";
import { readPeers } from "../../agent/core/readPeers.ts";
import type { CoreModel } from "./CoreModel.ts";

/** CoreApi straight onto a CoreModel, with no socket between: for simulated time. A Core that hangs times out at once. */
export class ModelCoreApi implements CoreApi {
  readonly #core: CoreModel;
  readonly #reloadPath: string;

  constructor(core: CoreModel, reloadPath = "/http-command?admin=true&command=config-reload") {
    this.#core = core;
    this.#reloadPath = reloadPath;
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
    return this.#call(this.#reloadPath, readConfigReload, signal);
  }

  async #call<T>(
    target: string,
    read: (answer: CoreAnswer) => CoreResult<T>,
    signal: AbortSignal,
  ): Promise<CoreResult<T>> {
    signal.throwIfAborted();
    if (!this.#core.running) return coreFailure("refused", "ECONNREFUSED");
    const answer = this.#core.answer("GET", target);
    if (answer.kind === "answer") return read(answer);
    if (answer.kind === "hang") return coreFailure("timeout", "no answer within 5000 ms");
    return answer.kind === "huge"
      ? coreFailure("too-large", "an answer of more than 1048576 bytes")
      : coreFailure("broken", "ECONNRESET");
  }
}
