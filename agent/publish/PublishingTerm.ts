import { formatRevision } from "../../contract/formatRevision.ts";
import { ApiError } from "../../kube/ApiError.ts";
import { backoffDelay } from "../../runtime/backoffDelay.ts";
import type { Notifier } from "../../runtime/Notifier.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import type { ConfigMapClient } from "./ConfigMapClient.ts";
import { planPublication } from "./planPublication.ts";
import type { PublicationPlan, ShrinkLook } from "./planPublication.ts";
import { PublicationRefusedError } from "./PublicationRefusedError.ts";
import type { PublisherOptions } from "./Publisher.ts";
import type { PublisherLog } from "./PublisherLog.ts";
import type { PublisherStatusChange, WaitReason } from "./PublisherStatus.ts";
import type { SequenceMemory } from "./SequenceMemory.ts";
import type { StoredDocument } from "./StoredDocument.ts";
import { WatchedDocument } from "./WatchedDocument.ts";

export interface PublishingTermOptions {
  readonly publisher: PublisherOptions;
  readonly client: ConfigMapClient;
  readonly log: PublisherLog;
  readonly epoch: number;
  readonly sequences: SequenceMemory;
  /** An earlier process of this pod may have written in this epoch. */
  readonly unaware: boolean;
  readonly changed: Notifier;
  readonly report: (change: PublisherStatusChange) => void;
}

type Write = Extract<PublicationPlan, { readonly action: "write" }>;

/** A picture older than this, in milliseconds, is not published. */
const freshness = 60_000;
/** Milliseconds to the next look when nothing calls for one. */
const idle = 30_000;
/** The same while something is missing: a fresh picture, the ConfigMap. */
const missingLook = 5000;
/** Milliseconds in which the few events of one change gather. */
const settle = 100;
/** Milliseconds between two writes. */
const spacing = 1000;
const retry = { initial: 500, maximum: 15_000 };
/** So many conflicts in a row are met with a fresh look at once. */
const quickConflicts = 3;
/** A new leader's first write can meet the server's stale copy of the Lease, for some milliseconds. */
const refusalDelays = [20, 40, 80, 160, 320];

/** One term of publishing, with what was learnt in it. */
export class PublishingTerm {
  readonly #options: PublishingTermOptions;
  readonly #document: WatchedDocument;
  readonly #sequences: SequenceMemory;
  #lastHash: string | undefined;
  #restoredAt = -Infinity;
  #writtenAt = -Infinity;
  #shrink: ShrinkLook | undefined;
  #failures = 0;

  constructor(options: PublishingTermOptions) {
    const { api, clock, configMap, random } = options.publisher;
    this.#options = options;
    this.#sequences = options.sequences;
    this.#document = new WatchedDocument({
      api,
      clock,
      random,
      configMap,
      client: options.client,
      onChange: () => options.changed.notify(),
    });
  }

  /** Runs until the signal aborts; rejects with a PublicationRefusedError when the server will not have its writes. */
  async run(signal: AbortSignal): Promise<void> {
    await runTasks(
      {
        "ConfigMap watch": (inner) => this.#document.run(inner),
        publishing: (inner) => this.#publish(inner),
      },
      signal,
    );
  }

  async #publish(signal: AbortSignal): Promise<void> {
    const { changed, publisher } = this.#options;
    for (;;) {
      publisher.heartbeat?.beat();
      const next = await this.#lookUntilDone(signal);
      await changed.wait(publisher.clock, next, signal);
      await this.#gather(signal);
    }
  }

  async #gather(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options.publisher;
    const sinceWrite = clock.monotonic() - this.#writtenAt;
    await clock.sleep(Math.max(settle, spacing - sinceWrite), signal);
  }

  async #lookUntilDone(signal: AbortSignal): Promise<number> {
    for (;;) {
      try {
        const next = await this.#look(signal);
        this.#failures = 0;
        return next;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ApiError)) throw error;
        await this.#failed(error, signal);
      }
    }
  }

  /** Resolves with the milliseconds until the next look, if nothing calls for one earlier. */
  async #look(signal: AbortSignal): Promise<number> {
    const { clock, picture, seen } = this.#options.publisher;
    const current = picture.current();
    const age = picture.age();
    if (!current || age >= freshness)
      return this.#withhold(
        "no-picture",
        "this agent has no fresh picture of the validators yet",
        missingLook,
      );
    const stored = await this.#document.read(signal);
    if (!stored) return this.#withhold("no-configmap", this.#missing(), missingLook);
    const now = clock.monotonic();
    const plan = planPublication({
      stored,
      peers: current.peers,
      age,
      unchangedFor: picture.unchangedFor(),
      epoch: this.#options.epoch,
      lastSequence: this.#sequences.last,
      attempt: this.#sequences.attempt,
      unaware: this.#options.unaware,
      seen: seen(),
      lastHash: this.#lastHash,
      restoredAt: this.#restoredAt,
      shrink: this.#shrink,
      now,
    });
    this.#shrink = plan.action === "withhold" ? plan.shrink : undefined;
    if (plan.action === "resign") throw new PublicationRefusedError(plan.detail);
    if (plan.action === "withhold")
      return this.#withhold(plan.reason, plan.detail, Math.min(idle, (plan.retryAt ?? Infinity) - now));
    if (plan.action === "write") await this.#write(stored, plan, signal);
    this.#settled();
    return idle;
  }

  #missing(): string {
    const { namespace, name } = this.#options.publisher.configMap;
    return `ConfigMap ${namespace}/${name} does not exist; waiting for the provisioner to create it`;
  }

  async #write(stored: StoredDocument, plan: Write, signal: AbortSignal): Promise<void> {
    const { log, publisher } = this.#options;
    if (plan.restores) {
      log.restoring(stored.otherWriter);
      this.#options.report({ otherWriter: stored.otherWriter });
    }
    this.#sequences.trying({ sequence: plan.revision.sequence, over: stored.resourceVersion });
    this.#document.wrote(await this.#writeDespiteRefusals(stored, plan, signal));
    this.#sequences.written();
    this.#lastHash = plan.hash;
    this.#writtenAt = publisher.clock.monotonic();
    if (plan.restores) {
      this.#restoredAt = this.#writtenAt;
      publisher.metrics.restored();
    }
    publisher.metrics.written(plan.count);
    log.written(plan);
    this.#options.report({ writtenAt: new Date(publisher.clock.now()).toISOString() });
  }

  async #writeDespiteRefusals(
    stored: StoredDocument,
    plan: Write,
    signal: AbortSignal,
  ): Promise<StoredDocument> {
    const { client, epoch, log, publisher } = this.#options;
    for (const delay of [...refusalDelays, undefined]) {
      try {
        return await client.write(stored, plan, signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#sequences.failed(error);
        if (!(error instanceof ApiError && (error.status === 403 || error.status === 422))) throw error;
        publisher.metrics.refused();
        if (delay === undefined) {
          log.refused(error, epoch);
          throw new PublicationRefusedError(`the API server refuses epoch ${epoch}`, { cause: error });
        }
        await publisher.clock.sleep(delay, signal);
      }
    }
    throw new Error("unreachable");
  }

  #settled(): void {
    const revision = this.#document.held?.revision;
    this.#options.log.current();
    this.#options.report({
      revision: revision && formatRevision(revision),
      withheld: undefined,
      lastError: undefined,
    });
  }

  #withhold(reason: WaitReason, detail: string, next: number): number {
    const { log, publisher, report } = this.#options;
    if (log.withheld(reason, detail)) publisher.metrics.withheld(reason);
    report({ withheld: { reason, detail } });
    return next;
  }

  async #failed(error: ApiError, signal: AbortSignal): Promise<void> {
    const { log, publisher, report } = this.#options;
    this.#document.doubt();
    const outrun = error.status === 409 || error.status === 404;
    if (outrun) {
      log.conflict();
      publisher.metrics.conflict();
    } else {
      log.failed(error);
      publisher.metrics.failed();
      report({ lastError: error.message });
    }
    if (!outrun || this.#failures >= quickConflicts) await this.#pause(error.retryAfter, signal);
    this.#failures += 1;
  }

  /** In steps, so that the heartbeat goes on through a long Retry-After. */
  async #pause(retryAfter: number | undefined, signal: AbortSignal): Promise<void> {
    const { clock, heartbeat, random } = this.#options.publisher;
    let left = Math.max(backoffDelay(retry, this.#failures, random), retryAfter ?? 0);
    for (; left > 0; left -= idle) {
      heartbeat?.beat();
      await clock.sleep(Math.min(left, idle), signal);
    }
  }
}
