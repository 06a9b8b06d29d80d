import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import type { Peer } from "../../contract/Peer.ts";
import type { AgentSettings } from "../AgentSettings.ts";
import type { CoreApi, CoreInfo, CorePeer } from "../core/CoreApi.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { PictureView } from "../PictureView.ts";
import type { ApplierStatus } from "./ApplierStatus.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import { ApplyReport } from "./ApplyReport.ts";
import { assess } from "./assess.ts";
import type { Assessment } from "./assess.ts";
import { CoreActions } from "./CoreActions.ts";
import { decideStep } from "./decideStep.ts";
import type { Step } from "./decideStep.ts";
import { describePeers } from "./describePeers.ts";
import type { PeerStatus } from "./describePeers.ts";
import type { DocumentView, SourcedDocument } from "./DocumentView.ts";
import type { OwnIdentity } from "./isOwnEntry.ts";
import { planNextLook } from "./planNextLook.ts";

export interface ApplierOptions {
  readonly core: CoreApi;
  readonly picture: PictureView;
  readonly documents: DocumentView;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: AgentSettings;
  readonly metrics: ApplyMetrics;
  /** When the agent learns its network, and when that is another one. */
  readonly onNetwork?: (network: string) => void;
  readonly heartbeat?: Heartbeat;
  /** For people; nothing depends on them. */
  readonly events?: Pick<PodEvents, "record">;
}

/** Milliseconds for which the agent's own picture counts. */
const freshPicture = 60_000;
/** Milliseconds for which it counts all the same: after a standstill it takes 5 s until it is known to be current. */
const awakening = 10_000;
/** Milliseconds between two looks, and so between two steps, however many notifications come. */
const minPause = 100;

const nothing: Step = { do: "nothing", dueIn: Infinity };

interface Observation {
  readonly document: SourcedDocument | undefined;
  readonly assessment: Assessment;
  readonly info: CoreInfo | undefined;
  readonly peers: readonly PeerStatus[];
}

/**
 * Makes Core have the connections that the document calls for, and checks that it has. Level-triggered: each look asks
 * Core how it is and whom it is connected to, takes at most one step, and looks again; so nothing is done on what was
 * true a moment ago. Only what is missing is asked for, and nothing is ever taken away: no ban, no drop, no signal.
 */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #self: OwnIdentity;
  readonly #changed = new Notifier();
  readonly #actions: CoreActions;
  readonly #report: ApplyReport;
  #last: Observation | undefined;
  /** Monotonic milliseconds at which the picture was first found too old. */
  #staleSince: number | undefined;
  #waitingFor: string | undefined;
  #streak = 0;

  constructor(options: ApplierOptions) {
    this.#options = options;
    const { pod, corePeerPort } = options.settings;
    this.#self = { namespace: pod.namespace, pod: pod.name, ip: pod.ip, peerPort: corePeerPort };
    this.#actions = new CoreActions(options);
    this.#report = new ApplyReport(options.log, options.metrics);
  }

  /** Look again: the document or the picture may have changed. */
  notify(): void {
    this.#changed.notify();
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, heartbeat } = this.#options;
    for (;;) {
      heartbeat?.beat();
      const delay = await this.look(signal);
      await clock.sleep(minPause, signal);
      await this.#changed.wait(clock, Math.max(0, delay - minPause), signal);
    }
  }

  /** One look, with at most one step; resolves with the milliseconds until the next should come. */
  async look(signal: AbortSignal): Promise<number> {
    const { core, clock, documents, settings } = this.#options;
    const document = documents.current();
    const info = await core.info(signal);
    const now = clock.monotonic();
    if (info.ok) this.#actions.see(info.value);
    const proof = this.#last?.assessment.health.proof;
    const facts = { document, shown: this.#shown(), info, self: this.#self, proof, now };
    const assessed = assess({ ...facts, maxDialed: settings.maxDialedPeers });
    this.#announce(assessed);
    const connections = info.ok ? await core.peers(signal) : undefined;
    const assessment: Assessment =
      connections?.ok === false && !assessed.obstacle
        ? { ...assessed, obstacle: { reason: "no-peers-answer", detail: `/peers: ${connections.detail}` } }
        : assessed;
    this.#report.health(assessment);
    const step = await this.#act(assessment, connections?.ok ? connections.value : undefined, signal);
    const peers = this.#describe(assessment, connections?.ok ? connections.value : undefined);
    this.#last = { document, assessment, info: info.ok ? info.value : undefined, peers: peers ?? [] };
    this.#report.look({ document, assessment, peers, now });
    this.#gauge();
    return this.#plan(assessment, step, peers ?? []);
  }

  status(): ApplierStatus {
    const { documents } = this.#options;
    const last = this.#last;
    const { health, obstacle, own, targets } = last?.assessment ?? {};
    return {
      network: own?.network,
      core: {
        verdict: health?.verdict ?? "unknown",
        reason: obstacle?.reason ?? health?.reason ?? "not looked at yet",
        detail: obstacle?.detail ?? health?.detail ?? "",
        info: last?.info,
        reload: this.#actions.memory.reload.state,
      },
      revision: {
        seen: last?.document && formatRevision(last.document.document.revision),
        ...this.#report.revisions,
      },
      documents: documents.status(),
      peers: last?.peers ?? [],
      unlisted: targets?.unlisted.map(({ peerString }) => peerString) ?? [],
      otherNetworks: targets?.otherNetworks ?? 0,
      lastError: this.#actions.lastError,
    };
  }

  #shown(): readonly Peer[] | undefined {
    const { clock, picture, settings } = this.#options;
    const current = picture.current();
    if (!current) return undefined;
    if (picture.age() < freshPicture) this.#staleSince = undefined;
    else this.#staleSince ??= clock.monotonic();
    return this.#stillCounts() > 0 ? [...current.peers, ...settings.staticPeers] : undefined;
  }

  /** Milliseconds for which a picture that is too old counts all the same; infinite while it is not. */
  #stillCounts(): number {
    if (this.#staleSince === undefined) return Infinity;
    return Math.max(0, this.#staleSince + awakening - this.#options.clock.monotonic());
  }

  #announce({ own }: Assessment): void {
    if (own && this.#report.isNewNetwork(own.network)) this.#options.onNetwork?.(own.network);
  }

  async #act(
    { health, obstacle, planned }: Assessment,
    connections: readonly CorePeer[] | undefined,
    signal: AbortSignal,
  ): Promise<Step> {
    if (obstacle || !connections) return nothing;
    const { clock, settings } = this.#options;
    const { memory } = this.#actions;
    const now = clock.monotonic();
    const known = new Set(connections.map(({ address }) => address));
    const target = planned.map(({ peerString }) => peerString).join();
    // A handshake under way forgives nothing: a peer that never authenticates shows one now and then.
    const authenticated = new Set(
      connections.filter((peer) => peer.authenticated).map(({ address }) => address),
    );
    memory.prune(new Set(planned.map(({ peerString }) => peerString)), authenticated, now);
    const missing = planned.filter(({ peerString }) => !known.has(peerString));
    if (missing.length === 0) this.#actions.settled();
    const step = decideStep({
      setting: settings.reload,
      verdict: health.verdict,
      missing,
      target,
      memory,
      now,
    });
    await this.#actions.take(step, target, signal);
    return step;
  }

  #describe(
    { targets, planned }: Assessment,
    connections: readonly CorePeer[] | undefined,
  ): readonly PeerStatus[] | undefined {
    if (!connections) return undefined;
    const { memory } = this.#actions;
    const { target, attempts, lastAt } = memory.reload;
    const addresses = planned.map(({ peerString }) => peerString);
    const reloaded = target === addresses.join() ? { attempts, lastAt } : undefined;
    return describePeers({
      targets,
      planned: new Set(addresses),
      connections,
      asked: (peerString) =>
        memory.dial(peerString) ?? (memory.reload.state === "accepted" ? reloaded : undefined),
      now: this.#options.clock.monotonic(),
    });
  }

  #plan({ health, obstacle }: Assessment, step: Step, peers: readonly PeerStatus[]): number {
    const waitingFor = obstacle?.reason ?? (health.verdict === "isolated" ? "isolated" : undefined);
    this.#streak = waitingFor !== undefined && waitingFor === this.#waitingFor ? this.#streak + 1 : 0;
    this.#waitingFor = waitingFor;
    const sinceAction = this.#options.clock.monotonic() - this.#actions.lastAt;
    const next = planNextLook({ step, waitingFor, streak: this.#streak, peers, sinceAction });
    return Math.min(next, this.#stillCounts() || Infinity);
  }

  #gauge(): void {
    const { assessment, document, peers = [] } = this.#last ?? {};
    const planned = peers.filter((peer) => peer.planned);
    this.#options.metrics.looked({
      healthy: assessment?.health.verdict === "healthy" && !assessment.obstacle,
      source: document?.source,
      planned: planned.length,
      connected: planned.filter(({ state }) => state === "connected").length,
      heldBack: assessment?.targets.heldBack.length ?? 0,
      behind: this.#options.documents.status().behind,
    });
  }
}
