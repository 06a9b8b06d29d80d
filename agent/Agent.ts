import { formatLeaseHolder } from "../contract/formatLeaseHolder.ts";
import { EventRecorder } from "../kube/EventRecorder.ts";
import type { KubeApi } from "../kube/KubeApi.ts";
import { LeaderElector } from "../kube/LeaderElector.ts";
import type { Clock } from "../runtime/Clock.ts";
import { Heartbeat } from "../runtime/Heartbeat.ts";
import type { Log } from "../runtime/Log.ts";
import type { Random } from "../runtime/Random.ts";
import { runTasks, type Task } from "../runtime/runTasks.ts";
import type { AgentSettings } from "./AgentSettings.ts";
import { Applier } from "./apply/Applier.ts";
import type { ApplyMetrics } from "./apply/ApplyMetrics.ts";
import type { DirectoryAccess } from "./apply/DirectoryAccess.ts";
import { DocumentChoice } from "./apply/DocumentChoice.ts";
import { MountedDocuments } from "./apply/MountedDocuments.ts";
import { PublishedDocuments } from "./apply/PublishedDocuments.ts";
import type { CoreApi } from "./core/CoreApi.ts";
import { Discovery } from "./discover/Discovery.ts";
import type { DiscoveryMetrics } from "./discover/DiscoveryMetrics.ts";
import { PodEvents } from "./PodEvents.ts";
import { Publisher } from "./publish/Publisher.ts";
import type { PublishMetrics } from "./publish/PublishMetrics.ts";

export interface AgentMetricsSinks {
  readonly discovery: DiscoveryMetrics;
  readonly publish: PublishMetrics;
  readonly apply: ApplyMetrics;
  /** 1 while this agent publishes. */
  readonly leading: (leading: boolean) => void;
}

export interface AgentOptions {
  readonly settings: AgentSettings;
  readonly api: KubeApi;
  readonly core: CoreApi;
  /** How the mounted directory is reached: through the file system unless told otherwise. */
  readonly directoryAccess?: DirectoryAccess;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: AgentMetricsSinks;
  readonly version: string;
  /** Called with the name of the agent's own network once it is known. */
  readonly onNetwork: (network: string) => void;
}

/** One agent: all its loops, tied together. Has no socket of its own and asks nothing of the process. */
export class Agent {
  readonly heartbeats: readonly Heartbeat[];
  readonly #options: AgentOptions;
  readonly #discovery: Discovery;
  readonly #publisher: Publisher;
  readonly #elector: LeaderElector;
  readonly #published: PublishedDocuments;
  readonly #documents: DocumentChoice;
  readonly #applier: Applier;
  readonly #tasks: Readonly<Record<string, Task>>;
  #started = false;

  constructor(options: AgentOptions) {
    this.#options = options;
    const { settings, clock, metrics } = options;
    const { api, random, log } = options;
    const shared = { api, clock, random, log };
    const controller = "peer-discovery.stellar.org/agent";
    const recorder = new EventRecorder({ api, clock, log, controller, instance: settings.pod.name });
    const events = new PodEvents(recorder, settings.pod);
    const configMap = { namespace: settings.peersNamespace, name: settings.peersConfigMap };
    const beats = {
      discovery: new Heartbeat("discovery", clock, settings.pollInterval),
      election: new Heartbeat("election", clock, 15_000),
      published: new Heartbeat("published documents", clock, 30_000),
      mounted: new Heartbeat("mounted documents", clock, 30_000),
      apply: new Heartbeat("apply", clock, 30_000),
    };
    this.heartbeats = Object.values(beats);
    const onDocument = (): void => this.#applier.notify();

    this.#discovery = new Discovery({
      ...shared,
      settings,
      metrics: metrics.discovery,
      heartbeat: beats.discovery,
      onChange: () => this.#onPicture(),
    });
    this.#publisher = new Publisher({
      ...shared,
      configMap,
      holder: this.#identity(),
      picture: this.#discovery,
      seen: () => this.#documents.newest(),
      metrics: metrics.publish,
      events,
    });
    this.#elector = new LeaderElector({
      ...shared,
      lease: { namespace: settings.peersNamespace, name: settings.peersLease },
      identity: this.#identity(),
      lead: (term, signal) => this.#publisher.lead(term, signal),
      onChange: ({ role }) => metrics.leading(role === "leading"),
      heartbeat: beats.election,
    });
    this.#published = new PublishedDocuments({
      ...shared,
      configMap,
      picture: this.#discovery,
      metrics: metrics.apply,
      heartbeat: beats.published,
      events,
      onChange: onDocument,
    });
    const mounted = new MountedDocuments({
      clock,
      log,
      directory: settings.peersDirectory,
      ...(options.directoryAccess && { access: options.directoryAccess }),
      metrics: metrics.apply,
      heartbeat: beats.mounted,
      events,
      onChange: onDocument,
    });
    this.#documents = new DocumentChoice({ published: this.#published, mounted, clock, log });
    this.#applier = new Applier({
      clock,
      random,
      log,
      settings,
      core: options.core,
      picture: this.#discovery,
      documents: this.#documents,
      metrics: metrics.apply,
      onNetwork: options.onNetwork,
      heartbeat: beats.apply,
      events,
    });
    this.#tasks = {
      discovery: (signal) => this.#discovery.run(signal),
      election: (signal) => this.#elector.run(signal),
      "published documents": (signal) => this.#published.run(signal),
      "mounted documents": (signal) => mounted.run(signal),
      apply: (signal) => this.#applier.run(signal),
      events: (signal) => recorder.run(signal),
    };
  }

  /** Runs until the signal aborts; hands leadership back before it settles. Rejects when a loop died. */
  async run(signal: AbortSignal): Promise<void> {
    const { log, settings, version } = this.#options;
    log.info(
      { event: "agent.started", version, source: settings.discoverySource, reload: settings.reload },
      `agent ${version} of ${settings.pod.namespace}/${settings.pod.name} beside ${settings.coreUrl}`,
    );
    this.#started = true;
    await runTasks(this.#tasks, signal);
  }

  /** True once its loops run; what happens elsewhere never takes that back. */
  started(): boolean {
    return this.#started;
  }

  /** Everything that `/status` shows, as plain data. */
  status(): unknown {
    const { settings, version } = this.#options;
    return {
      version,
      pod: settings.pod,
      identity: this.#identity(),
      leadership: this.#elector.leadership(),
      discovery: this.#discovery.status(),
      publish: this.#publisher.status(),
      documents: this.#documents.status(),
      apply: this.#applier.status(),
    };
  }

  #identity(): string {
    const { pod } = this.#options.settings;
    return formatLeaseHolder({ namespace: pod.namespace, pod: pod.name, uid: pod.uid });
  }

  #onPicture(): void {
    this.#publisher.notify();
    this.#published.notify();
    this.#applier.notify();
  }
}
