import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import type { Peer } from "../../contract/Peer.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import type { Omission, Picture } from "../Picture.ts";
import type { PictureView } from "../PictureView.ts";
import type { SourceChoice, SourceName } from "./chooseSource.ts";
import { countBy } from "./countBy.ts";
import { describeChange } from "./describeChange.ts";
import type { DiscoveryMetrics } from "./DiscoveryMetrics.ts";
import { planPeers } from "./planPeers.ts";
import { Sources } from "./Sources.ts";
import type { SourceSettings } from "./Sources.ts";

export interface DiscoveryOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: SourceSettings;
  /** The peers are others now; also once, with the first picture. */
  readonly onChange: () => void;
  readonly metrics: DiscoveryMetrics;
  readonly heartbeat?: Heartbeat;
}

export interface DiscoveryStatus {
  readonly configured: SourceName | "auto";
  /** Null until the first picture. */
  readonly source: SourceName | null;
  /** Seconds; null until the first picture. */
  readonly ageSeconds: number | null;
  readonly peers: number;
  readonly peersByNetwork: Readonly<Record<string, number>>;
  readonly omissions: readonly Omission[];
  /** By kind, what asking for it fails with now. */
  readonly failures: Readonly<Record<string, string>>;
}

/** Milliseconds between two looks when nothing happens; never more than the poll interval. */
const look = 10_000;
/** Milliseconds that changes are collected for: a rollout's many events make few plans. */
const collect = 50;

/**
 * The agent's own picture of the validators, kept up from the API.
 * While the API answers it is at most `pollInterval` old; when it does not, the picture stays as it is and `age()`
 * says how much it is worth. Only what the API shows removes a peer, never what it fails to show.
 */
export class Discovery implements PictureView {
  readonly #options: DiscoveryOptions;
  readonly #sources: Sources;
  readonly #notifier = new Notifier();
  #picture: Picture | undefined;
  #hash: string | undefined;
  /** Monotonic milliseconds at which the peers were others last. */
  #changedAt: number | undefined;
  /** While there is news that the picture does not show yet: monotonic milliseconds at which it was last proven. */
  #provenAt: number | undefined;
  #source: SourceName | undefined;

  constructor(options: DiscoveryOptions) {
    this.#options = options;
    const { api, clock, random, settings } = options;
    this.#sources = new Sources({
      api,
      clock,
      random,
      settings,
      onChange: (before) => {
        if (before !== undefined) this.#outrun(before);
        this.#notifier.notify();
      },
      onFailure: (collection, error) => this.#failed(collection, error),
      onRecovery: (collection) => this.#recovered(collection),
    });
  }

  current(): Picture | undefined {
    return this.#picture;
  }

  age(): number {
    if (this.#picture === undefined) return Infinity;
    const now = this.#options.clock.monotonic();
    return Math.max(this.#sources.age(), now - (this.#provenAt ?? now));
  }

  unchangedFor(): number {
    const now = this.#options.clock.monotonic();
    return now - (this.#changedAt ?? now);
  }

  /** SHA-256 in hex of the peers.json that the picture comes to; undefined until there is one. */
  hash(): string | undefined {
    return this.#hash;
  }

  status(): DiscoveryStatus {
    const { peers, omissions } = this.#picture ?? { peers: [], omissions: [] };
    const failures = [...this.#sources.failures()].flatMap(([kind, error]) =>
      error ? [[kind, error.message]] : [],
    );
    const age = this.age();
    return {
      configured: this.#options.settings.discoverySource,
      source: this.#source ?? null,
      ageSeconds: Number.isFinite(age) ? Math.round(age / 100) / 10 : null,
      peers: peers.length,
      peersByNetwork: Object.fromEntries(countBy(peers, (peer) => peer.network)),
      omissions,
      failures: Object.fromEntries(failures) as Record<string, string>,
    };
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    const tasks = {
      sources: (inner: AbortSignal) => this.#sources.run(inner),
      picture: (inner: AbortSignal) => this.#loop(inner),
    };
    await runTasks(tasks, signal);
    signal.throwIfAborted();
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, heartbeat, settings } = this.#options;
    const pause = Math.min(look, settings.pollInterval);
    for (;;) {
      if (this.#sources.alive()) heartbeat?.beat();
      this.#look();
      await this.#notifier.wait(clock, pause, signal);
      await clock.sleep(collect, signal);
    }
  }

  /** The sources are ahead of the picture, which is as old as what they had before. */
  #outrun(before: number): void {
    const provenAt = this.#options.clock.monotonic() - before;
    if (Number.isFinite(provenAt)) this.#provenAt = Math.min(this.#provenAt ?? provenAt, provenAt);
  }

  #look(): void {
    const choice = this.#sources.choose();
    if (choice.used !== this.#source) this.#switched(choice);
    for (const [kind, error] of this.#sources.failures())
      this.#options.metrics.failing(kind, error !== undefined);
    const observation = this.#sources.observe();
    if (observation) this.#take(planPeers(observation));
    this.#options.metrics.aged(this.age());
  }

  #take(picture: Picture): void {
    const { metrics, onChange } = this.#options;
    const before = this.#picture;
    const hash = hashPeers(renderPeers(picture.peers)[configMapKeys.peersJson] ?? "");
    this.#picture = picture;
    this.#provenAt = undefined;
    metrics.pictured(
      countBy(picture.peers, (peer) => peer.network),
      countBy(picture.omissions, (omission) => omission.reason),
    );
    this.#logOmissions(before?.omissions ?? [], picture.omissions);
    if (hash === this.#hash) return;
    this.#hash = hash;
    this.#changedAt = this.#options.clock.monotonic();
    metrics.changed();
    this.#logPeers(before?.peers, picture.peers);
    onChange();
  }

  #switched({ used, reason }: SourceChoice): void {
    const { log, metrics } = this.#options;
    this.#source = used;
    if (used === undefined) return;
    metrics.sourced(used);
    log.info(
      { event: "discovery.source", source: used, reason },
      `validators are found through ${used}: ${reason}`,
    );
  }

  #logPeers(before: readonly Peer[] | undefined, after: readonly Peer[]): void {
    const { log } = this.#options;
    const count = after.length;
    if (!before) {
      log.info({ event: "discovery.synced", count }, `the first complete picture has ${count} peers`);
      return;
    }
    const change = describeChange(before, after);
    const { addedCount, removedCount } = change;
    const sentence = `the picture has ${count} peers now: ${addedCount} added, ${removedCount} removed`;
    log.info({ event: "discovery.changed", count, ...change }, sentence);
  }

  #logOmissions(before: readonly Omission[], after: readonly Omission[]): void {
    const keyOf = (omission: Omission): string => `${omission.namespace}/${omission.name} ${omission.reason}`;
    const known = new Set(before.map(keyOf));
    for (const omission of after) {
      if (known.has(keyOf(omission))) continue;
      const sentence = `${omission.namespace}/${omission.name} is left out: ${omission.detail}`;
      this.#options.log.debug({ event: "discovery.omitted", ...omission }, sentence);
    }
  }

  /** With `auto`, that StellarNodes are not served is an answer and no failure. */
  #failed({ kind }: Collection, error: ApiError): void {
    const { log, settings } = this.#options;
    const fields = { event: "discovery.failed", kind, err: error } as const;
    const sentence = `can't follow ${kind} objects; the last picture is kept: ${error.message}`;
    if (error.status === 404 && settings.discoverySource === "auto") log.debug(fields, sentence);
    else log.warn(fields, sentence);
  }

  #recovered({ kind }: Collection): void {
    this.#options.log.info({ event: "discovery.recovered", kind }, `${kind} objects are followed again`);
  }
}
