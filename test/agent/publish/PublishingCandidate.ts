import type { PodEvent } from "../../../agent/PodEvents.ts";
import { Publisher } from "../../../agent/publish/Publisher.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { HttpKubeApi } from "../../../kube/HttpKubeApi.ts";
import type { KubeConnection } from "../../../kube/KubeConnection.ts";
import type { ElectionTerm } from "../../../kube/LeaderElector.ts";
import { systemClock as clock } from "../../../runtime/systemClock.ts";
import { systemRandom as random } from "../../../runtime/systemRandom.ts";
import { Candidate } from "../../kube/election/Candidate.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";

export interface PublishingCandidateOptions {
  readonly connection: KubeConnection;
  /** NAMESPACE/POD/UID */
  readonly identity: string;
  /** Where the list and the Lease are. */
  readonly namespace: string;
}

/** An agent's left half without discovery: it stands for election and publishes the peers that it is given. */
export class PublishingCandidate {
  readonly log = new RecordedLog();
  readonly events: PodEvent[] = [];
  readonly counted: string[] = [];
  readonly identity: string;
  readonly publisher: Publisher;
  peers: readonly Peer[] = [];
  /** When its term began and when it first wrote, in milliseconds of performance.now(). */
  leadsSince: number | undefined;
  wroteAt: number | undefined;
  readonly #api: HttpKubeApi;
  readonly #candidate: Candidate;

  constructor({ connection, identity, namespace }: PublishingCandidateOptions) {
    this.identity = identity;
    const count = (what: string) => (): void => void this.counted.push(what);
    const name = { namespace, name: "stellar-peers" };
    this.#api = new HttpKubeApi({ connection, clock });
    this.publisher = new Publisher({
      api: this.#api,
      clock,
      random,
      log: this.log,
      configMap: name,
      holder: identity,
      picture: { current: () => ({ peers: this.peers, omissions: [] }), age: () => 0, unchangedFor: () => 0 },
      seen: () => undefined,
      events: { record: (event) => void this.events.push(event) },
      metrics: {
        written: () => {
          this.wroteAt ??= performance.now();
          this.counted.push("written");
        },
        failed: count("failed"),
        conflict: count("conflict"),
        refused: count("refused"),
        restored: count("restored"),
        withholding: () => undefined,
        withheld: (reason) => void this.counted.push(`withheld ${reason}`),
      },
    });
    this.#candidate = new Candidate({
      api: this.#api,
      clock,
      identity,
      random,
      lease: name,
      work: (term, signal) => this.#lead(term, signal),
    });
  }

  /** Stands for election. */
  start(): this {
    this.#candidate.start();
    return this;
  }

  /** Sees these from now on. */
  see(peers: readonly Peer[]): void {
    this.peers = peers;
    this.publisher.notify();
  }

  count(what: string): number {
    return this.counted.filter((entry) => entry === what).length;
  }

  async stop(): Promise<void> {
    await this.#candidate.stop();
    this.#api.close();
  }

  async #lead(term: ElectionTerm, signal: AbortSignal): Promise<void> {
    this.leadsSince ??= performance.now();
    await this.publisher.lead(term, signal);
  }
}
