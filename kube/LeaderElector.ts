import { backoffDelay } from "../runtime/backoffDelay.ts";
import type { Clock } from "../runtime/Clock.ts";
import type { Heartbeat } from "../runtime/Heartbeat.ts";
import type { Log } from "../runtime/Log.ts";
import { Notifier } from "../runtime/Notifier.ts";
import type { Random } from "../runtime/Random.ts";
import { runTasks } from "../runtime/runTasks.ts";
import { Candidacy } from "./election/Candidacy.ts";
import type { Victory } from "./election/Candidacy.ts";
import { checkElectionTiming } from "./election/checkElectionTiming.ts";
import { defaultElectionTiming } from "./election/defaultElectionTiming.ts";
import { ElectionLog } from "./election/ElectionLog.ts";
import type { ElectionTiming } from "./election/ElectionTiming.ts";
import type { Lease } from "./election/Lease.ts";
import { LeaseClient } from "./election/LeaseClient.ts";
import type { ObservedLease } from "./election/ObservedLease.ts";
import { observeLease } from "./election/observeLease.ts";
import { Tenure } from "./election/Tenure.ts";
import type { TenureEnd } from "./election/TenureEnd.ts";
import type { KubeApi } from "./KubeApi.ts";
import type { Leadership } from "./Leadership.ts";
import { Reflector } from "./Reflector.ts";

/** One term of leadership. */
export interface ElectionTerm {
  /** The Lease's leaseTransitions: grows with every change of holder; what fences the leader's writes. */
  readonly epoch: number;
  /** The Lease was this candidate's already: an earlier process of the same pod may have worked in this epoch. */
  readonly inherited?: boolean;
}

export interface LeaderElectorOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly lease: { readonly namespace: string; readonly name: string };
  /** This candidate's holderIdentity: the same for a restarted container of one pod, another for any other pod. */
  readonly identity: string;
  readonly timing?: ElectionTiming;
  /** Create the Lease when it is missing. Agents may not: the provisioner makes theirs. */
  readonly create?: boolean;
  /** The leader's work. Its signal aborts when the term ends; it must then stop writing and settle soon. */
  readonly lead: (term: ElectionTerm, signal: AbortSignal) => Promise<void>;
  /** After each change of `leadership()`. */
  readonly onChange: (leadership: Leadership) => void;
  /** Beaten at least every leaseDuration, whatever the API does; not while work of a lost term does not settle. */
  readonly heartbeat?: Heartbeat;
}

/** After work that ended or failed, milliseconds before this candidate reaches for the Lease again. */
const workRetry = { initial: 1000, maximum: 15_000 };
/** Work that lasted this long, in milliseconds, was well: the pause after it is a first one. */
const goodTerm = 60_000;
/** Milliseconds that a watch of the Lease lasts: each renewal in it shows that it lives. */
const watchTerm = 3_600_000;
/** A Lease unchanged for so many lease durations has no holder, or its watch is dead unnoticed: see which. */
const longestSilence = 2;

/**
 * Election of one leader among candidates through a Lease, by the rules of client-go's tools/leaderelection.
 *
 * Promised: a candidate takes a Lease only when it is free, its own, or unchanged for its duration by this process's
 * monotonic clock, so wall clocks may differ by any amount; the leader's work is told to stop before anybody else
 * can find the Lease expired; leaseTransitions grows by one with each change of holder; a candidate that ends in
 * good order hands the Lease back after its work has settled, and only while it is still the holder.
 *
 * Not promised: that never two act at once. A process that is paused between its last look at its signal and a write
 * can write after another became leader: what the leader writes must be fenced by the term's epoch and carry a
 * resourceVersion. Monotonic clocks that run at speeds a third apart, and Leases edited by hand, can make two lead
 * for a while, too.
 *
 * Followers are sent the Lease by a watch instead of asking for it: one request an hour each, and a Lease handed
 * back is seen at once. Should the watch be dead unnoticed, the Lease looks expired; the write that follows then
 * fails with a conflict, and the candidate looks afresh; the watch itself is opened anew after two lease durations
 * without a renewal.
 */
export class LeaderElector {
  readonly #options: LeaderElectorOptions;
  readonly #timing: ElectionTiming;
  readonly #client: LeaseClient;
  readonly #log: ElectionLog;
  readonly #changed = new Notifier();
  readonly #reflector: Reflector<Lease>;
  #observed: ObservedLease | undefined;
  #leadership: Leadership = { role: "unknown" };
  #tenure: Tenure | undefined;
  #failedTerms = 0;

  /** Throws a RangeError when the timing can't work. */
  constructor(options: LeaderElectorOptions) {
    const { api, clock, random, lease, identity, timing = defaultElectionTiming } = options;
    checkElectionTiming(timing);
    this.#options = options;
    this.#timing = timing;
    this.#client = new LeaseClient({ api, clock, lease, identity, timing });
    this.#log = new ElectionLog(options.log, `${lease.namespace}/${lease.name}`, options.create ?? false);
    this.#reflector = new Reflector<Lease>({
      api,
      clock,
      random,
      collection: { apiVersion: "coordination.k8s.io/v1", kind: "Lease", ...lease },
      maxAge: longestSilence * timing.leaseDuration,
      term: () => watchTerm,
      pulse: longestSilence * timing.leaseDuration,
      small: true,
      onChange: () => this.#observe([...this.#reflector.items().values()][0]),
      onFailure: (error) => this.#log.failed(error),
      onRecovery: () => this.#log.recovered(),
    });
  }

  /** What is known now: leading, or following whom. */
  leadership(): Leadership {
    return this.#leadership;
  }

  /** Stands for election until the signal aborts; then resolves, once the Lease is handed back. */
  async run(signal: AbortSignal): Promise<void> {
    await runTasks(
      { "lease watch": (inner) => this.#reflector.run(inner), election: (inner) => this.#elect(inner) },
      signal,
    );
  }

  async #elect(signal: AbortSignal): Promise<void> {
    const { clock, create = false, heartbeat, identity, random } = this.#options;
    const candidacy = new Candidacy({
      client: this.#client,
      clock,
      random,
      log: this.#log,
      timing: this.#timing,
      identity,
      create,
      observed: () => this.#observed,
      observe: (lease) => this.#observe(lease),
      changed: this.#changed,
      heartbeat,
    });
    for (;;) {
      const victory = await candidacy.run(signal);
      const end = await this.#serve(victory, signal);
      signal.throwIfAborted();
      if (end.reason === "finished" || end.reason === "failed") await this.#backOff(victory, signal);
    }
  }

  async #serve(victory: Victory, signal: AbortSignal): Promise<TenureEnd> {
    const { clock, heartbeat } = this.#options;
    const epoch = victory.lease.spec?.leaseTransitions ?? 0;
    const tenure = new Tenure({
      client: this.#client,
      clock,
      timing: this.#timing,
      lease: victory.lease,
      confirmedAt: victory.sentAt,
      lead: (inner) => this.#lead({ epoch, inherited: victory.inherited }, inner),
      onFailure: (error) => this.#log.failed(error),
      onRecovery: () => this.#log.recovered(),
      heartbeat,
    });
    this.#tenure = tenure;
    const end = await tenure.run(signal);
    this.#tenure = undefined;
    this.#log.ended(end, epoch);
    const released = end.reason === "asked" || end.reason === "finished" || end.reason === "failed";
    if (released) await this.#release(tenure, epoch);
    this.#follow();
    return end;
  }

  async #lead(term: ElectionTerm, signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => this.#follow(), { once: true });
    this.#set({ role: "leading", epoch: term.epoch });
    await this.#options.lead(term, signal);
  }

  async #release(tenure: Tenure, epoch: number): Promise<void> {
    try {
      if (await tenure.release()) this.#log.released(epoch);
    } catch (error) {
      this.#log.failed(error);
    }
  }

  async #backOff(victory: Victory, signal: AbortSignal): Promise<void> {
    const { clock, heartbeat, random } = this.#options;
    if (clock.monotonic() - victory.sentAt >= goodTerm) this.#failedTerms = 0;
    await clock.sleep(backoffDelay(workRetry, this.#failedTerms, random), signal);
    heartbeat?.beat();
    this.#failedTerms += 1;
  }

  #observe(lease: Lease | undefined): void {
    if (lease && this.#observed && !this.#observed.lease) this.#log.recovered();
    this.#observed = observeLease(this.#observed, lease, this.#options.clock.monotonic());
    this.#changed.notify();
    if (this.#tenure) this.#checkTenure(lease, this.#tenure);
    else this.#follow();
  }

  /** The watch may lag behind this leader's own writes: only the API's answer to a renewal ends a term. */
  #checkTenure(lease: Lease | undefined, tenure: Tenure): void {
    const holder = lease?.spec?.holderIdentity ?? "";
    if (holder !== this.#options.identity) tenure.notify();
  }

  #follow(): void {
    const holder = this.#observed?.lease?.spec?.holderIdentity ?? "";
    if (this.#observed) this.#set({ role: "following", holder });
  }

  #set(leadership: Leadership): void {
    const before = this.#leadership;
    const same =
      leadership.role === "leading"
        ? before.role === "leading" && before.epoch === leadership.epoch
        : leadership.role === "following" &&
          before.role === "following" &&
          before.holder === leadership.holder;
    if (same) return;
    this.#leadership = leadership;
    if (leadership.role === "following" && leadership.holder !== this.#options.identity)
      this.#log.following(leadership.holder);
    this.#options.onChange(leadership);
  }
}
