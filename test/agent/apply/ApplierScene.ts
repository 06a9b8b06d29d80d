import { Applier } from "../../../agent/apply/Applier.ts";
import type { ApplierStatus } from "../../../agent/apply/ApplierStatus.ts";
import type { SourcedDocument } from "../../../agent/apply/DocumentView.ts";
import type { CoreApi } from "../../../agent/core/CoreApi.ts";
import type { PodEvent } from "../../../agent/PodEvents.ts";
import { parseAgentSettings } from "../../../agent/parseAgentSettings.ts";
import type { Peer } from "../../../contract/Peer.ts";
import { CoreModel } from "../../fake-core/CoreModel.ts";
import type { CoreModelOptions, RecordedRequest } from "../../fake-core/CoreModel.ts";
import { FakeNetwork } from "../../fake-core/FakeNetwork.ts";
import { ModelCoreApi } from "../../fake-core/ModelCoreApi.ts";
import { RecordedLog } from "../../kube/election/RecordedLog.ts";
import { VirtualClock } from "../../runtime/VirtualClock.ts";
import { makeDocument } from "./makeDocument.ts";
import { makeValidator } from "./makeValidator.ts";
import { RecordedApplyMetrics } from "./RecordedApplyMetrics.ts";

const passphrase = "Test SDF Network ; September 2015";

export interface ApplierSceneOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the agent's own Core. */
  readonly core?: Partial<CoreModelOptions>;
  /** Validators of testnet, the agent's own, number 1, among them; 4 unless told otherwise. */
  readonly validators?: number;
  /** Puts something between the applier and its Core. */
  readonly wrap?: (core: CoreApi, scene: ApplierScene) => CoreApi;
}

/** An applier beside its Core, v1, on a network of Cores that run no agent, in a time of its own. */
export class ApplierScene {
  readonly clock = new VirtualClock();
  readonly network = new FakeNetwork();
  readonly log = new RecordedLog();
  readonly metrics = new RecordedApplyMetrics();
  readonly networks: string[] = [];
  readonly events: PodEvent[] = [];
  readonly peers: readonly Peer[];
  readonly core: CoreModel;
  readonly applier: Applier;
  document: SourcedDocument | undefined;
  /** What the agent's own picture shows. */
  shown: readonly Peer[] | undefined;
  pictureAge = 0;
  readonly #others = new Map<string, CoreModel>();
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();

  constructor({ environment = {}, core = {}, validators = 4, wrap }: ApplierSceneOptions = {}) {
    const { clock, log, metrics } = this;
    this.peers = Array.from({ length: validators }, (_, index) => makeValidator(index + 1));
    const [own = makeValidator(1), ...others] = this.peers;
    this.core = this.#make(own, core);
    for (const peer of others) this.join(peer);
    const api = new ModelCoreApi(this.core);
    this.applier = new Applier({
      core: wrap ? wrap(api, this) : api,
      picture: {
        current: () => this.shown && { peers: this.shown, omissions: [] },
        age: () => this.pictureAge,
        unchangedFor: () => 0,
      },
      documents: {
        current: () => this.document,
        status: () => ({
          source: this.document?.source,
          behind: 0,
          api: { revision: undefined, hash: undefined, refusal: undefined, age: 0 },
          file: { revision: undefined, hash: undefined, refusal: undefined },
        }),
      },
      clock,
      random: { next: () => 0.5 },
      log,
      settings: parseAgentSettings({
        POD_NAME: "v1-0",
        POD_NAMESPACE: "validators",
        POD_UID: "c0ffee",
        POD_IP: own.ip,
        ...environment,
      }),
      metrics,
      events: { record: (event) => void this.events.push(event) },
      onNetwork: (network) => void this.networks.push(network),
    });
  }

  /** Publishes everybody unless told otherwise, with the picture the same. */
  publish(peers: readonly Peer[] = this.peers, revision = "1.1"): this {
    this.shown = peers;
    const document = makeDocument(peers, revision);
    this.document = { document, source: "api", receivedAt: this.clock.monotonic() };
    this.applier.notify();
    return this;
  }

  /** A Core comes up at this peer's address; the one that was there before is gone with all that it knew. */
  join(peer: Peer, differing: Partial<CoreModelOptions> = {}): CoreModel {
    const before = this.#others.get(peer.peerString);
    if (before) {
      before.stop();
      this.network.remove(before);
    }
    const core = this.#make(peer, differing);
    core.start();
    this.#others.set(peer.peerString, core);
    return core;
  }

  /** The Core of `vINDEX`. */
  other(index: number): CoreModel {
    const core = this.#others.get(makeValidator(index).peerString);
    if (!core) throw new RangeError(`there is no v${index}`);
    return core;
  }

  /** Starts the own Core, connected to v2 and with a ledger closed: healthy. */
  async startHealthy(): Promise<this> {
    this.core.start();
    this.network.connect(this.core, this.other(2).options.address);
    await this.clock.advance(3_000);
    return this;
  }

  run(): this {
    this.#ended = this.applier.run(this.#stop.signal).catch((error: unknown) => error);
    return this;
  }

  /** What the loop rejected with. */
  async end(reason = new Error("the test ends")): Promise<unknown> {
    this.#stop.abort(reason);
    return this.#ended;
  }

  status(): ApplierStatus {
    return this.applier.status();
  }

  /** States of the peers by name. */
  states(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.status().peers.map(({ name, state }) => [name, state]));
  }

  /** Addresses that the own Core was asked to connect to, in order. */
  dialed(): readonly string[] {
    return this.dials().map(({ target }) => {
      const query = new URL(target, "http://core").searchParams;
      return `${query.get("peer")}:${query.get("port")}`;
    });
  }

  dials(): readonly RecordedRequest[] {
    return this.core.requestsFor("/connect");
  }

  reloads(): readonly RecordedRequest[] {
    return this.core.requestsFor("/http-command");
  }

  #make({ name, peerString }: Peer, differing: Partial<CoreModelOptions>): CoreModel {
    const { clock, network } = this;
    return new CoreModel({ clock, network, name, address: peerString, passphrase, ...differing });
  }
}
