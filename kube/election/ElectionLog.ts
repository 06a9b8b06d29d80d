import type { Log } from "../../runtime/Log.ts";
import { ApiError } from "../ApiError.ts";
import type { ElectionDecision } from "./decideElection.ts";
import type { TenureEnd } from "./TenureEnd.ts";

type Taken = Extract<ElectionDecision, { readonly action: "take" }>["reason"] | "created";

const takenBecause: Readonly<Record<Taken, string>> = {
  own: "it still held the Lease",
  free: "nobody held the Lease",
  expired: "the last leader no longer renewed the Lease",
  created: "there was no Lease",
};

const endedBecause: Readonly<Record<TenureEnd["reason"], string>> = {
  asked: "it was asked to end",
  abandoned: "it was asked to end, and its work did not in time; the Lease is left to expire",
  overdue: "the Lease could not be renewed in time",
  missing: "the Lease was deleted",
  edited: "the Lease was made anew, or its leaseTransitions edited",
  taken: "the Lease is somebody else's, or nobody's",
  finished: "its work ended",
  failed: "its work failed",
};

/** The election's log lines: one for each change, none for what stays as it is. */
export class ElectionLog {
  readonly #log: Log;
  readonly #lease: string;
  readonly #creates: boolean;
  #trouble: string | undefined;
  #holder: string | undefined;

  /** `lease` is NAMESPACE/NAME. */
  constructor(log: Log, lease: string, creates: boolean) {
    this.#log = log;
    this.#lease = lease;
    this.#creates = creates;
  }

  acquired(reason: Taken, epoch: number): void {
    this.#trouble = undefined;
    this.#holder = undefined;
    const fields = { event: "leader.acquired", lease: this.#lease, epoch, reason } as const;
    this.#log.info(fields, `leads from now on: ${takenBecause[reason]}`);
  }

  following(holder: string): void {
    if (holder === "" || holder === this.#holder) return;
    this.#holder = holder;
    this.#log.info({ event: "leader.changed", lease: this.#lease, holder }, `${holder} leads`);
  }

  ended(end: TenureEnd, epoch: number): void {
    const fields = { event: "leader.lost", lease: this.#lease, epoch, reason: end.reason } as const;
    const sentence = `leads no longer: ${endedBecause[end.reason]}`;
    if (end.reason === "asked") this.#log.info(fields, sentence);
    else if (end.reason === "failed") this.#log.error({ ...fields, err: end.error }, sentence);
    else if (end.reason === "taken") this.#log.warn({ ...fields, holder: end.holder }, sentence);
    else this.#log.warn(fields, sentence);
  }

  released(epoch: number): void {
    this.#log.info({ event: "leader.released", lease: this.#lease, epoch }, "handed the Lease back");
  }

  missing(): void {
    if (this.#creates) return;
    this.#report("missing", `Lease ${this.#lease} does not exist; waiting for the provisioner to create it`);
  }

  failed(error: unknown): void {
    const status = error instanceof ApiError ? error.status : undefined;
    const explanation =
      status === 401 || status === 403
        ? `not allowed to use Lease ${this.#lease}: rights to get, watch and update it are missing, or a policy refused`
        : `Lease ${this.#lease} could not be read or written`;
    this.#report(`failed ${status}`, explanation, error);
  }

  /** The Lease was seen, or the API answers again: a next trouble is a new one. */
  recovered(): void {
    this.#trouble = undefined;
  }

  #report(trouble: string, sentence: string, err?: unknown): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    const fields = { event: "leader.failed", lease: this.#lease } as const;
    this.#log.warn(err === undefined ? fields : { ...fields, err }, sentence);
  }
}
