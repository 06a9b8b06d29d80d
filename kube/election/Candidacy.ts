import { backoffDelay } from "../../runtime/backoffDelay.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";
import { ApiError } from "../ApiError.ts";
import { decideElection } from "./decideElection.ts";
import type { ElectionDecision } from "./decideElection.ts";
import type { ElectionLog } from "./ElectionLog.ts";
import type { ElectionTiming } from "./ElectionTiming.ts";
import type { Lease } from "./Lease.ts";
import type { LeaseClient } from "./LeaseClient.ts";
import type { ObservedLease } from "./ObservedLease.ts";

export interface CandidacyOptions {
  readonly client: LeaseClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: ElectionLog;
  readonly timing: ElectionTiming;
  readonly identity: string;
  readonly create: boolean;
  readonly observed: () => ObservedLease | undefined;
  readonly observe: (lease: Lease | undefined) => void;
  /** Notified at each new observation. */
  readonly changed: Notifier;
  readonly heartbeat: Heartbeat | undefined;
}

/** A Lease won. */
export interface Victory {
  readonly lease: Lease;
  /** When the winning request was sent, monotonic milliseconds. */
  readonly sentAt: number;
  /** It bore this candidate's name already. */
  readonly inherited: boolean;
}

type Chance = Extract<ElectionDecision, { readonly action: "take" }> | { readonly action: "create" };

/** Pause between tries while the API fails, in milliseconds. */
const retry = { initial: 1000, maximum: 15_000 };
/** So many conflicts in a row are met with a fresh look at once; then with the pause too. */
const quickConflicts = 3;

/** A candidate until it wins: waits for a chance, then reaches for the Lease with the version that it saw. */
export class Candidacy {
  readonly #options: CandidacyOptions;
  #failures = 0;

  constructor(options: CandidacyOptions) {
    this.#options = options;
  }

  /** Resolves when the Lease is this candidate's, rejects when the signal aborts. */
  async run(signal: AbortSignal): Promise<Victory> {
    for (;;) {
      const chance = await this.#chance(signal);
      const victory = await this.#reach(chance, signal);
      if (victory) return victory;
    }
  }

  async #chance(signal: AbortSignal): Promise<Chance> {
    const { changed, clock, heartbeat, random, timing } = this.#options;
    for (let ready = false; ;) {
      heartbeat?.beat();
      const decision = this.#decide();
      if (decision.action === "wait" || decision.action === "follow") {
        ready = false;
        const remaining = decision.action === "follow" ? decision.remaining : timing.leaseDuration;
        await changed.wait(clock, Math.min(remaining, timing.leaseDuration), signal);
      } else if (ready || (decision.action === "take" && decision.reason === "own")) {
        return decision;
      } else {
        ready = true;
        await clock.sleep(random.next() * timing.jitter, signal);
      }
    }
  }

  #decide(): ElectionDecision | Chance {
    const { clock, create, identity, log, observed, timing } = this.#options;
    const decision = decideElection(observed(), identity, timing.leaseDuration, clock.monotonic());
    if (decision.action !== "wait" || decision.reason !== "missing") return decision;
    log.missing();
    return create ? { action: "create" } : decision;
  }

  async #reach(chance: Chance, signal: AbortSignal): Promise<Victory | undefined> {
    const { client, clock, log, timing } = this.#options;
    const sentAt = clock.monotonic();
    try {
      const lease = await (chance.action === "take"
        ? client.hold(chance.lease, signal)
        : client.create(signal));
      this.#failures = 0;
      if (clock.monotonic() - sentAt >= timing.renewDeadline) return undefined;
      log.acquired(chance.action === "take" ? chance.reason : "created", lease.spec?.leaseTransitions ?? 0);
      return { lease, sentAt, inherited: chance.action === "take" && chance.reason === "own" };
    } catch (error) {
      signal.throwIfAborted();
      await this.#missed(error, signal);
      return undefined;
    }
  }

  /** A conflict means that the Lease changed since it was seen: look again. Anything else is tried again later. */
  async #missed(error: unknown, signal: AbortSignal): Promise<void> {
    if (!(error instanceof ApiError)) throw error;
    const changed = error.status === 409 || error.status === 404;
    if (!changed) this.#options.log.failed(error);
    if (!changed || this.#failures >= quickConflicts) await this.#pause(error.retryAfter, signal);
    this.#failures += 1;
    if (changed) await this.#lookAgain(signal);
  }

  async #lookAgain(signal: AbortSignal): Promise<void> {
    try {
      this.#options.observe(await this.#options.client.get(signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      this.#options.log.failed(error);
      await this.#pause(error.retryAfter, signal);
    }
  }

  /** In steps, so that the heartbeat goes on through a long Retry-After. */
  async #pause(retryAfter: number | undefined, signal: AbortSignal): Promise<void> {
    const { clock, heartbeat, random, timing } = this.#options;
    let left = Math.max(backoffDelay(retry, this.#failures, random), retryAfter ?? 0);
    for (; left > 0; left -= timing.leaseDuration) {
      await clock.sleep(Math.min(left, timing.leaseDuration), signal);
      heartbeat?.beat();
    }
  }
}
