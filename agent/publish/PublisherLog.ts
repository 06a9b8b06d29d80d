import { formatRevision } from "../../contract/formatRevision.ts";
import type { Log } from "../../runtime/Log.ts";
import type { PodEvent, PodEvents } from "../PodEvents.ts";
import type { PublicationPlan } from "./planPublication.ts";
import type { WaitReason } from "./PublisherStatus.ts";

type Write = Extract<PublicationPlan, { readonly action: "write" }>;

/** The Publisher's log lines: one for each write and each change of state. What people must see to is an Event too. */
export class PublisherLog {
  readonly #log: Log;
  readonly #configMap: string;
  readonly #events: Pick<PodEvents, "record"> | undefined;
  #withheld: WaitReason | undefined;
  #failing = false;
  #otherWriter: string | undefined;

  /** `configMap` is NAMESPACE/NAME. */
  constructor(log: Log, configMap: string, events?: Pick<PodEvents, "record">) {
    this.#log = log;
    this.#configMap = configMap;
    this.#events = events;
  }

  written(plan: Write): void {
    this.current();
    const { count, hash } = plan;
    const revision = formatRevision(plan.revision);
    const fields = {
      event: "peers.published",
      configMap: this.#configMap,
      revision,
      peers: count,
      hash,
    } as const;
    this.#log.info(fields, `published ${count} validators as revision ${revision}`);
  }

  /** What is stored is as it should be: whatever kept it from that is over. */
  current(): void {
    this.#withheld = undefined;
    this.#failing = false;
  }

  /** True when this reason is new. */
  withheld(reason: WaitReason, detail: string): boolean {
    if (reason === this.#withheld) return false;
    this.#withheld = reason;
    const fields = { event: "peers.withheld", configMap: this.#configMap, reason } as const;
    const sentence = `nothing is published: ${detail}`;
    if (reason === "no-picture") this.#log.info(fields, sentence);
    else if (reason === "too-large") this.#log.error(fields, sentence);
    else this.#log.warn(fields, sentence);
    if (reason === "too-large") this.#warn({ reason: "PeersTooLarge", note: sentence });
    return true;
  }

  failed(err: unknown): void {
    const fields = { event: "peers.failed", configMap: this.#configMap, err } as const;
    const sentence = `ConfigMap ${this.#configMap} could not be read or written; trying again`;
    if (this.#failing) this.#log.debug(fields, sentence);
    else this.#log.warn(fields, sentence);
    this.#failing = true;
  }

  conflict(): void {
    const fields = { event: "peers.conflict", configMap: this.#configMap } as const;
    this.#log.debug(fields, "somebody wrote the ConfigMap since it was read; reading again");
  }

  restoring(writer: string): void {
    const fields = { event: "peers.conflict", configMap: this.#configMap, writer } as const;
    const sentence = `${writer} wrote ConfigMap ${this.#configMap} too; the agents' document takes its place, at most once in 30 s. Only one may publish there`;
    if (writer === this.#otherWriter) this.#log.debug(fields, sentence);
    else this.#log.warn(fields, sentence);
    if (writer !== this.#otherWriter) this.#warn({ reason: "OtherWriter", note: sentence });
    this.#otherWriter = writer;
  }

  refused(err: unknown, epoch: number): void {
    const fields = { event: "peers.refused", configMap: this.#configMap, epoch, err } as const;
    const sentence = `the API server refuses the document of epoch ${epoch}: by the fencing policy somebody else holds the Lease, or rights to patch ConfigMap ${this.#configMap} are missing. Stepping down`;
    this.#log.error(fields, sentence);
    this.#warn({ reason: "PublicationRefused", note: sentence });
  }

  #warn({ reason, note }: Pick<PodEvent, "reason" | "note">): void {
    this.#events?.record({ type: "Warning", reason, action: "Publish", note });
  }
}
