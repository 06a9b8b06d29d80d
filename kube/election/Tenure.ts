import type { Clock } from "../../runtime/Clock.ts";
import { DeadlineError } from "../../runtime/DeadlineError.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import { NestedAbort } from "../../runtime/NestedAbort.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import { withDeadline } from "../../runtime/withDeadline.ts";
import { ApiError } from "../ApiError.ts";
import type { ElectionTiming } from "./ElectionTiming.ts";
import { judgeTenure } from "./judgeTenure.ts";
import type { Lease } from "./Lease.ts";
import type { LeaseClient } from "./LeaseClient.ts";
import type { TenureEnd } from "./TenureEnd.ts";
import { TermEndedError } from "./TermEndedError.ts";

export interface TenureOptions {
  readonly client: LeaseClient;
  readonly clock: Clock;
  readonly timing: ElectionTiming;
  /** The Lease as it was taken, and when that request was sent (monotonic milliseconds). */
  readonly lease: Lease;
  readonly confirmedAt: number;
  readonly lead: (signal: AbortSignal) => Promise<void>;
  /** A renewal failed (once, until one succeeds). */
  readonly onFailure: (error: unknown) => void;
  /** A renewal succeeded after failures. */
  readonly onRecovery: () => void;
  readonly heartbeat: Heartbeat | undefined;
}

/**
 * One term: the work runs while the Lease is renewed. The work's signal aborts as soon as the term is lost, and in
 * any case when `renewDeadline` has passed since the last confirmed renewal was *sent*: a process that was paused
 * finds its term over when it wakes.
 */
export class Tenure {
  readonly #options: TenureOptions;
  readonly #look = new Notifier();
  #lease: Lease;
  #confirmedAt: number;
  #failing = false;

  constructor(options: TenureOptions) {
    this.#options = options;
    this.#lease = options.lease;
    this.#confirmedAt = options.confirmedAt;
  }

  /** The Lease as this term wrote it last. */
  get lease(): Lease {
    return this.#lease;
  }

  /** Renews now: the Lease may have been changed by somebody else. */
  notify(): void {
    this.#look.notify();
  }

  /**
   * Resolves once the term has ended *and* its work has settled. When asked to end, work that takes longer than
   * renewDeadline is left behind; when the term was lost it is waited for, however long: there is no new term while
   * work of the old one may still run.
   */
  async run(signal: AbortSignal): Promise<TenureEnd> {
    const stop = new NestedAbort(signal);
    const work = stop.signal;
    const working = this.#lead(work);
    const end = await Promise.race([working, this.#renew(work), this.#watchdog(work)]);
    stop.abort(new TermEndedError(`the term has ended: ${end.reason}`));
    stop.release();
    if (end.reason === "asked") return (await this.#drained(working)) ? end : { reason: "abandoned" };
    await working;
    return end;
  }

  /** Hands the Lease back, if it is still this term's; resolves with whether that was so. */
  async release(): Promise<boolean> {
    const { signal } = new AbortController();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        await this.#options.client.release(this.#lease, signal);
        return true;
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 409)) throw error;
        const verdict = judgeTenure(await this.#options.client.get(signal), this.#lease);
        if (!verdict.kept) return false;
        this.#lease = verdict.lease;
      }
    }
    return false;
  }

  async #lead(work: AbortSignal): Promise<TenureEnd> {
    try {
      await this.#options.lead(work);
      return { reason: work.aborted ? "asked" : "finished" };
    } catch (error) {
      return work.aborted ? { reason: "asked" } : { reason: "failed", error };
    }
  }

  async #drained(working: Promise<unknown>): Promise<boolean> {
    const { clock, timing } = this.#options;
    try {
      await withDeadline(clock, timing.renewDeadline, new AbortController().signal, () => working);
      return true;
    } catch (error) {
      if (error instanceof DeadlineError) return false;
      throw error;
    }
  }

  async #watchdog(work: AbortSignal): Promise<TenureEnd> {
    while (!work.aborted) {
      const left = this.#left();
      if (left <= 0) return { reason: "overdue" };
      await this.#options.clock.sleep(left, work).catch(() => undefined);
    }
    return { reason: "asked" };
  }

  /** Milliseconds until the last confirmation is worth nothing. */
  #left(): number {
    const { clock, timing } = this.#options;
    return this.#confirmedAt + timing.renewDeadline - clock.monotonic();
  }

  async #renew(work: AbortSignal): Promise<TenureEnd> {
    const { clock, heartbeat, timing } = this.#options;
    let next = this.#confirmedAt + timing.renewPeriod;
    try {
      for (;;) {
        await this.#look.wait(clock, next - clock.monotonic(), work);
        heartbeat?.beat();
        const sentAt = clock.monotonic();
        const lost = await this.#renewOnce(sentAt, work);
        if (lost) return lost;
        next = sentAt + (this.#failing ? timing.retryPeriod : timing.renewPeriod);
      }
    } catch (error) {
      if (work.aborted) return { reason: "asked" };
      return { reason: "failed", error };
    }
  }

  /** One renewal; what it resolves with ended the term. An answer that comes after the deadline is worth nothing. */
  async #renewOnce(sentAt: number, work: AbortSignal): Promise<TenureEnd | undefined> {
    if (this.#left() <= 0) return { reason: "overdue" };
    try {
      this.#lease = await this.#options.client.hold(this.#lease, work);
      if (this.#left() <= 0) return { reason: "overdue" };
      this.#confirmedAt = sentAt;
      this.#recover();
      return undefined;
    } catch (error) {
      if (work.aborted || !(error instanceof ApiError)) throw error;
      if (error.status === 409 || error.status === 404) return this.#reread(work);
      this.#fail(error);
      return undefined;
    }
  }

  /** The stored Lease is not the one written last: a lost answer, an edit, or somebody else's by now. */
  async #reread(work: AbortSignal): Promise<TenureEnd | undefined> {
    try {
      const verdict = judgeTenure(await this.#options.client.get(work), this.#lease);
      if (!verdict.kept) return verdict;
      this.#lease = verdict.lease;
      this.#look.notify();
    } catch (error) {
      if (work.aborted || !(error instanceof ApiError)) throw error;
      this.#fail(error);
    }
    return undefined;
  }

  #fail(error: unknown): void {
    if (!this.#failing) this.#options.onFailure(error);
    this.#failing = true;
  }

  #recover(): void {
    if (this.#failing) this.#options.onRecovery();
    this.#failing = false;
  }
}
