import type { DirectoryAccess } from "../../agent/apply/DirectoryAccess.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import type { ProcessClock } from "./ProcessClock.ts";
import type { ValidatorPod } from "./Validator.ts";

/** What one agent sees of its pod's mounted directory: the kubelet writes it, and the agent's process is told. */
export class Mount implements DirectoryAccess {
  readonly #pod: ValidatorPod;
  readonly #clock: ProcessClock;
  #onEvent: () => void = () => undefined;

  constructor(pod: ValidatorPod, clock: ProcessClock) {
    this.#pod = pod;
    this.#clock = clock;
  }

  read(): ReturnType<DirectoryAccess["read"]> {
    return Promise.resolve(this.#pod.mounted);
  }

  watch(_directory: string, onEvent: () => void): ReturnType<DirectoryAccess["watch"]> {
    this.#onEvent = onEvent;
    return {
      close: () => {
        this.#onEvent = () => undefined;
        return Promise.resolve();
      },
    };
  }

  /** The kubelet brings the ConfigMap's data, or takes the files away. */
  bring(data: Readonly<Record<string, string>> | undefined): void {
    const { peersJson, revision } = configMapKeys;
    this.#pod.mounted = data && { [peersJson]: data[peersJson], [revision]: data[revision] };
    this.#clock.whenRunning(() => this.#onEvent());
  }
}
