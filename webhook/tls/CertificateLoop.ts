import { ApiError } from "../../kube/ApiError.ts";
import { backoffDelay } from "../../runtime/backoffDelay.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";

export interface CertificateLoopOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly heartbeat?: Heartbeat;
  /** Milliseconds to the next look when nothing calls for one. */
  readonly period: number;
  /** What can't be brought up to date, for people. */
  readonly subject: string;
  readonly look: (signal: AbortSignal) => Promise<void>;
}

const retry = { initial: 250, maximum: 15_000 };

/** Looks again and again: when notified, after the period, and ever more slowly while the API server refuses. */
export class CertificateLoop {
  readonly #options: CertificateLoopOptions;
  readonly #changed = new Notifier();
  #failures = 0;

  constructor(options: CertificateLoopOptions) {
    this.#options = options;
  }

  notify(): void {
    this.#changed.notify();
  }

  /** Something that a look depends on fails: told once, until a look succeeds. */
  failed(error: ApiError): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    this.#options.log.warn(
      { event: "tls.failed", err: error },
      `${this.#options.subject} can't be brought up to date; what is served stays, and it is tried again`,
    );
  }

  /** Runs until the signal aborts; rejects with its reason, or with what is no ApiError. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, heartbeat, look, period, random } = this.#options;
    for (;;) {
      heartbeat?.beat();
      try {
        await look(signal);
        this.#failures = 0;
        await this.#changed.wait(clock, period, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ApiError)) throw error;
        this.failed(error);
        await clock.sleep(backoffDelay(retry, this.#failures - 1, random), signal);
      }
    }
  }
}
