import type { ElectionTiming } from "../../../kube/election/ElectionTiming.ts";
import { LeaderElector } from "../../../kube/LeaderElector.ts";
import type { ElectionTerm } from "../../../kube/LeaderElector.ts";
import type { KubeApi } from "../../../kube/KubeApi.ts";
import type { Leadership } from "../../../kube/Leadership.ts";
import type { Clock } from "../../../runtime/Clock.ts";
import type { Random } from "../../../runtime/Random.ts";
import { RecordedLog } from "./RecordedLog.ts";

export interface CandidateOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly identity: string;
  readonly random?: Random;
  readonly create?: boolean;
  readonly lease?: { readonly namespace: string; readonly name: string };
  readonly timing?: ElectionTiming;
  readonly work?: (term: ElectionTerm, signal: AbortSignal) => Promise<void>;
}

/** An elector with work that waits for its signal, and a record of what it was told. */
export class Candidate {
  readonly identity: string;
  readonly log = new RecordedLog();
  readonly told: Leadership[] = [];
  readonly elector: LeaderElector;
  readonly epochs: number[] = [];
  /** True while the work's signal has not aborted. */
  acting = false;
  readonly #stop = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(options: CandidateOptions) {
    const { api, clock, identity, create = false, work } = options;
    this.identity = identity;
    this.elector = new LeaderElector({
      api,
      clock,
      identity,
      create,
      log: this.log,
      random: options.random ?? { next: () => 0.5 },
      lease: options.lease ?? { namespace: "stellar-system", name: "stellar-peers" },
      ...(options.timing ? { timing: options.timing } : {}),
      onChange: (leadership) => this.told.push(leadership),
      lead: async (term, signal) => {
        this.epochs.push(term.epoch);
        this.acting = true;
        signal.addEventListener("abort", () => (this.acting = false), { once: true });
        await (work ?? untilAborted)(term, signal);
      },
    });
  }

  start(): this {
    this.#ended = this.elector.run(this.#stop.signal);
    return this;
  }

  /** Asks it to end; resolves once it has. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error("stopped by the test"));
    await this.#ended;
  }
}

function untilAborted(_term: ElectionTerm, signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
