import type { Revision } from "../../contract/Revision.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { ElectionTerm } from "../../kube/LeaderElector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";
import type { PictureView } from "../PictureView.ts";
import type { PodEvents } from "../PodEvents.ts";
import { ConfigMapClient } from "./ConfigMapClient.ts";
import { PublisherLog } from "./PublisherLog.ts";
import { SequenceMemory } from "./SequenceMemory.ts";
import type { PublisherStatus, PublisherStatusChange } from "./PublisherStatus.ts";
import { PublishingTerm } from "./PublishingTerm.ts";
import type { PublishMetrics } from "./PublishMetrics.ts";

export interface PublisherOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly configMap: { readonly namespace: string; readonly name: string };
  /** This agent's holderIdentity, for the annotation. */
  readonly holder: string;
  readonly picture: PictureView;
  /** The highest revision that this agent holds a document of, wherever it had it from. */
  readonly seen: () => Revision | undefined;
  readonly metrics: PublishMetrics;
  readonly events?: Pick<PodEvents, "record">;
  /** Beaten at least every 30 s, but only in a term: whoever watches it must not count it between terms. */
  readonly heartbeat?: Heartbeat;
}

/**
 * The leader's work: keeps the ConfigMap equal to this agent's own picture of the validators.
 *
 * The first change after a quiet time is written after 0.1 s, so that one slice's change is published at once and
 * the few events it comes as are one write; those that follow are written together, a second after the last write:
 * a storm costs one write a second. Every failure is retried until the document took or leadership ended; a picture
 * that is not fresh is never published, and what is stored stays as it is.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #client: ConfigMapClient;
  readonly #log: PublisherLog;
  readonly #changed = new Notifier();
  /** What this process wrote in the epoch that it led in last. */
  #written: { readonly epoch: number; readonly sequences: SequenceMemory } | undefined;
  #status: PublisherStatus = {};

  constructor(options: PublisherOptions) {
    const { api, configMap, events, holder, log } = options;
    this.#options = options;
    this.#client = new ConfigMapClient({ api, configMap, holder });
    this.#log = new PublisherLog(log, `${configMap.namespace}/${configMap.name}`, events);
  }

  /**
   * Publishes under this term until its signal aborts, then resolves. Rejects with a PublicationRefusedError when the
   * server refuses the writes of this term for good: the caller should step down.
   */
  async lead(term: ElectionTerm, signal: AbortSignal): Promise<void> {
    this.#report({ epoch: term.epoch });
    const known = this.#written?.epoch === term.epoch ? this.#written.sequences : undefined;
    const sequences = known ?? new SequenceMemory();
    this.#written = { epoch: term.epoch, sequences };
    const publishing = new PublishingTerm({
      publisher: this.#options,
      client: this.#client,
      log: this.#log,
      epoch: term.epoch,
      sequences,
      unaware: term.inherited === true && !known,
      changed: this.#changed,
      report: (change) => this.#report(change),
    });
    try {
      await publishing.run(signal);
    } finally {
      this.#report({ epoch: undefined, withheld: undefined, lastError: undefined });
      this.#log.current();
    }
  }

  /** The picture may have changed: look again. */
  notify(): void {
    this.#changed.notify();
  }

  status(): PublisherStatus {
    return this.#status;
  }

  #report(change: PublisherStatusChange): void {
    if ("withheld" in change) this.#options.metrics.withholding(change.withheld?.reason);
    const entries = Object.entries({ ...this.#status, ...change });
    this.#status = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
}
