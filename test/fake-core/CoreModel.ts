import type { Clock } from "../../runtime/Clock.ts";
import { answerCommand } from "./answerCommand.ts";
import type { FakeAnswer } from "./FakeAnswer.ts";
import type { FakeNetwork } from "./FakeNetwork.ts";

/** What a Core can be made to do wrong, with every command. */
export type CoreFault =
  | "html"
  | "half-json"
  | "exception"
  | "unescaped-exception"
  | "booting-error"
  | "plain-text"
  | "redirect"
  | "huge"
  | "reset"
  | "hang";

export interface CoreModelOptions {
  readonly clock: Clock;
  readonly network: FakeNetwork;
  /** As `/peers` shows it to others. */
  readonly name: string;
  /** `ip:port` for peers; on the FakeNetwork alone, nothing listens there. */
  readonly address: string;
  readonly passphrase: string;
  /** Peers needed to close ledgers; 1 unless told otherwise. 0: a network of one. */
  readonly quorum?: number;
  /** TARGET_PEER_CONNECTIONS. */
  readonly outboundSlots?: number;
  readonly build?: string;
  /** RUN_STANDALONE: `/peers`, `/connect` and `/droppeer` are unknown. */
  readonly standalone?: boolean;
  /** Gives the Core a config-reload, which none has so far: called for it, and returns the peers it then connects to. */
  readonly onConfigReload?: () => readonly string[];
}

/** What `/info` is made to say in place of what follows from peers and time. */
export interface CoreScript {
  readonly state?: string;
  /** Seconds. */
  readonly ledgerAge?: number;
  readonly passphrase?: string;
}

export interface RecordedRequest {
  /** Milliseconds of the clock's monotonic(). */
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** What `/info` would have said at that moment. */
  readonly state: string;
  readonly ledgerAge: number;
  readonly authenticatedPeers: number;
  readonly passphrase: string;
  /** Something a real Core logs an error for, or that stalls it. */
  readonly complaint?: string;
}

const ledgerInterval = 5_000;
const firstLedgerAfter = 2_000;
const outOfSyncAfter = 35_000;

/**
 * A Core's behaviour without its socket: what it answers, and how its state follows from time and peers. Recorded
 * from 19.0.1: `Synced!` from the start, alone and for 35 s after the last ledger, then `Joining SCP`; a ledger every
 * 5 s while there are peers enough. Keeps every request with its time.
 */
export class CoreModel {
  readonly options: CoreModelOptions;
  readonly requests: RecordedRequest[] = [];
  script: CoreScript = {};
  fault: CoreFault | undefined;
  #startedAt: number | undefined;
  #startedOn = "";
  #lastClose: number | undefined;
  #ledger = 1;

  constructor(options: CoreModelOptions) {
    this.options = options;
    options.network.add(this);
  }

  get running(): boolean {
    return this.#startedAt !== undefined;
  }

  get startedOn(): string {
    return this.#startedOn;
  }

  get passphrase(): string {
    return this.script.passphrase ?? this.options.passphrase;
  }

  /** Starts it, or starts it anew; peers that it was once connected to come back by themselves within seconds. */
  start(): void {
    if (this.running) this.stop();
    const { clock, network } = this.options;
    this.#startedAt = clock.monotonic();
    this.#startedOn = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
    network.started(this);
  }

  stop(): void {
    this.settle();
    this.options.network.stopped(this);
    this.#startedAt = undefined;
  }

  get state(): string {
    if (this.script.state !== undefined) return this.script.state;
    const since = Math.max(this.#startedAt ?? 0, this.#settled() ?? 0);
    return this.options.clock.monotonic() - since >= outOfSyncAfter ? "Joining SCP" : "Synced!";
  }

  /** Seconds; since 1970 while no ledger was ever closed. */
  get ledgerAge(): number {
    if (this.script.ledgerAge !== undefined) return this.script.ledgerAge;
    const last = this.#settled();
    const { clock } = this.options;
    return Math.floor((last === undefined ? clock.now() : clock.monotonic() - last) / 1_000);
  }

  get ledger(): number {
    this.settle();
    return this.#ledger;
  }

  get authenticatedPeers(): number {
    return this.options.network.connectionsOf(this).filter((connection) => connection.authenticated).length;
  }

  /** Brings the ledger up to now; to be called before the peers change. */
  settle(): void {
    this.#settled();
  }

  answer(method: string, target: string): FakeAnswer {
    const { answer, complaint } = answerCommand(this, target);
    this.requests.push({
      at: this.options.clock.monotonic(),
      method,
      target,
      state: this.state,
      ledgerAge: this.ledgerAge,
      authenticatedPeers: this.authenticatedPeers,
      passphrase: this.passphrase,
      ...(complaint === undefined ? {} : { complaint }),
    });
    return answer;
  }

  /** Requests for this command, without their query. */
  requestsFor(path: string): readonly RecordedRequest[] {
    return this.requests.filter(({ target }) => target.split("?")[0] === path);
  }

  #settled(): number | undefined {
    const since = this.#quorumSince();
    if (since === undefined) return this.#lastClose;
    const first = Math.max(since + firstLedgerAfter, (this.#lastClose ?? -Infinity) + ledgerInterval);
    const closed = Math.floor((this.options.clock.monotonic() - first) / ledgerInterval) + 1;
    if (closed > 0) {
      this.#ledger += closed;
      this.#lastClose = first + (closed - 1) * ledgerInterval;
    }
    return this.#lastClose;
  }

  /** When the peers needed had all authenticated. */
  #quorumSince(): number | undefined {
    if (this.#startedAt === undefined) return undefined;
    const quorum = this.options.quorum ?? 1;
    if (quorum === 0) return this.#startedAt;
    const times = this.options.network.connectionsOf(this).map((connection) => connection.authenticatedAt);
    const reached = times.sort((a, b) => a - b)[quorum - 1];
    return reached === undefined || reached > this.options.clock.monotonic() ? undefined : reached;
  }
}
