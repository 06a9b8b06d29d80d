import { ApiError } from "../../kube/ApiError.ts";
import type { EventRecorder } from "../../kube/EventRecorder.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { ElectionTerm } from "../../kube/LeaderElector.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";
import { Notifier } from "../../runtime/Notifier.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import type { WebhookSettings } from "../WebhookSettings.ts";
import { AccountCheck } from "./AccountCheck.ts";
import { type CopyObstacle, findCopyObstacle } from "./findCopyObstacle.ts";
import { confirmOriginal } from "./confirmOriginal.ts";
import { isOwn } from "./isOwn.ts";
import { ListMemory } from "./ListMemory.ts";
import { placeOf } from "./placeOf.ts";
import { planProvision } from "./planProvision.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionMetrics } from "./ProvisionMetrics.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import { type ActionOutcome, ProvisionReport } from "./ProvisionReport.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";
import { ProvisionView } from "./ProvisionView.ts";
import { ProvisionWriter } from "./ProvisionWriter.ts";
import { RetryTimes } from "./RetryTimes.ts";
import { WritePace } from "./WritePace.ts";
import { Surveyor } from "./Surveyor.ts";

export interface ProvisionerOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Pick<WebhookSettings, "injection" | "provisioner" | "roles">;
  readonly metrics: ProvisionMetrics;
  readonly events: Pick<EventRecorder, "record">;
  /** The API server's minor version, undefined until it is known. */
  readonly serverMinor: () => number | undefined;
  readonly heartbeat?: Heartbeat;
}

export interface ProvisionerStatus {
  readonly leading: boolean;
  /** Enabled namespaces, as of the last look. */
  readonly namespaces: readonly string[];
  /** `Kind NAMESPACE/NAME` of what something else stands in the place of, and of what can't be written. */
  readonly foreign: readonly string[];
  readonly failed: readonly string[];
}

/** Milliseconds to the next look when nothing calls for one. */
const period = 30_000;
/** Milliseconds in which the few events of one change gather. */
const settle = 50;
/** Among the retries, what is no write: the question whether the list is as the watch has it. */
const confirmation = "confirmation of the list";
/** Milliseconds between two tries at what all agents need: the list, the Lease, the rights to them. */
const slowestRetry = 5_000;
/** Writes at a time. */
const width = 8;

/**
 * The controller that gives agents what they need: the shared ConfigMap and Lease when they are missing, a copy of the
 * list in each enabled namespace, and rights for the service accounts of injected pods; and that takes copies and
 * rights away when a namespace is no longer enabled.
 *
 * It is level-triggered: each look compares what watches show with what should be, and an event or 30 s bring the
 * next look. Writes carry the resourceVersion or uid that was seen, so a second provisioner that still believes in its
 * term can do no harm but repeat the first one's work.
 */
export class Provisioner {
  readonly #options: ProvisionerOptions;
  readonly #settings: ProvisionSettings;
  readonly #writer: ProvisionWriter;
  readonly #report: ProvisionReport;
  readonly #memory = new ListMemory();
  readonly #adopted = new Set<string>();
  readonly #pace: WritePace;
  readonly #retries: RetryTimes;
  #obstacle: CopyObstacle | undefined;
  #leading = false;
  #namespaces: readonly string[] = [];

  constructor(options: ProvisionerOptions) {
    const { injection, roles } = options.settings;
    this.#options = options;
    this.#settings = { ...injection, roles, apiPorts: options.settings.provisioner.apiPorts };
    this.#pace = new WritePace(options.clock);
    this.#writer = new ProvisionWriter(options.api, injection.peersNamespace);
    this.#retries = new RetryTimes(options.random);
    this.#report = new ProvisionReport(options.log, options.events);
  }

  status(): ProvisionerStatus {
    return {
      leading: this.#leading,
      namespaces: this.#namespaces,
      foreign: this.#report.foreign(),
      failed: this.#report.failed(),
    };
  }

  /** Works until the signal aborts. The term's epoch fences nothing here: see above. */
  async lead(_term: ElectionTerm, signal: AbortSignal): Promise<void> {
    const { api, clock, metrics, random, settings } = this.#options;
    const changed = new Notifier();
    const podsChanged = new Notifier();
    const view = new ProvisionView({
      api,
      clock,
      random,
      settings: this.#settings,
      memory: this.#memory,
      namespaceLabels: settings.provisioner.namespaceLabels,
      onChange: () => changed.notify(),
      onPods: () => podsChanged.notify(),
      onFailure: (what, error) => this.#lost(what, error),
    });
    const surveyor = new Surveyor({
      ...this.#options,
      settings: settings.injection,
      remediation: settings.provisioner.remediation,
      observe: () => view.observePods(),
      changed: podsChanged,
    });
    const accounts = new AccountCheck({ ...this.#options, observe: () => view.observePods() });
    this.#leading = true;
    try {
      await runTasks(
        {
          "provisioner's watches": (inner) => view.run(inner),
          provisioning: (inner) => this.#provision(view, changed, inner),
          surveying: (inner) => surveyor.run(inner),
          "service accounts": (inner) => accounts.run(inner),
        },
        signal,
      );
    } finally {
      this.#leading = false;
      metrics.namespaces(0);
      metrics.problems(0, 0);
    }
  }

  async #provision(view: ProvisionView, changed: Notifier, signal: AbortSignal): Promise<void> {
    const { clock, heartbeat } = this.#options;
    for (;;) {
      heartbeat?.beat();
      const observed = view.observe();
      if (observed) await this.#look(await this.#prepare(observed, signal), signal);
      const next = Math.min(period, this.#retries.untilNext(clock.monotonic()));
      await changed.wait(clock, next, signal);
      await clock.sleep(settle, signal);
    }
  }

  /** What a new Lease is planned on is confirmed first; while that fails, all is as though there were one. */
  async #prepare(observed: ProvisionObservation, signal: AbortSignal): Promise<ProvisionObservation> {
    const { api, clock } = this.#options;
    if (observed.leasePresent) {
      this.#retries.settled(confirmation);
      return observed;
    }
    const what = `ConfigMap ${this.#settings.peersConfigMap}`;
    const unconfirmed = { ...observed, leasePresent: true };
    if (!this.#retries.isDue(confirmation, clock.monotonic())) return unconfirmed;
    try {
      const confirmed = await confirmOriginal(api, observed, this.#settings, signal);
      if (confirmed) {
        this.#retries.settled(confirmation);
        return confirmed;
      }
      this.#retries.failed(confirmation, clock.monotonic(), 0, slowestRetry);
      return unconfirmed;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      this.#lost(what, error);
      this.#retries.failed(confirmation, clock.monotonic(), error.retryAfter, slowestRetry);
      return unconfirmed;
    }
  }

  async #look(observed: ProvisionObservation, signal: AbortSignal): Promise<void> {
    this.#namespaces = observed.namespaces;
    this.#adopt(observed);
    this.#hinder(findCopyObstacle(observed));
    const actions = planProvision(observed, this.#settings);
    const planned = new Set(actions.map(({ object }) => placeOf(object)));
    this.#retries.keep(new Set([...planned, confirmation]));
    const now = this.#options.clock.monotonic();
    const queue = actions.filter(({ object }) => this.#retries.isDue(placeOf(object), now));
    const outcomes: ActionOutcome[] = [];
    const work = async (): Promise<void> => {
      for (let action = queue.shift(); action; action = queue.shift())
        outcomes.push(await this.#act(action, signal));
    };
    await Promise.all(Array.from({ length: width }, work));
    this.#report.add(outcomes, planned);
    const { metrics } = this.#options;
    metrics.namespaces(observed.namespaces.length);
    metrics.problems(this.#report.foreign().length, this.#report.failed().length);
  }

  async #act(action: ProvisionAction, signal: AbortSignal): Promise<ActionOutcome> {
    await this.#pace.next(signal);
    // Hundreds of writes take longer than a look may.
    this.#options.heartbeat?.beat();
    const outcome = await this.#writer.write(action, signal);
    const place = placeOf(action.object);
    const now = this.#options.clock.monotonic();
    const isForAll = action.object.metadata.namespace === this.#settings.peersNamespace;
    if (outcome.result === "failed")
      this.#retries.failed(place, now, outcome.error.retryAfter, isForAll ? slowestRetry : undefined);
    else this.#retries.settled(place);
    return { action, outcome };
  }

  /** Says once that the shared ConfigMap is somebody else's making, for instance an operator's. */
  #adopt({ original }: ProvisionObservation): void {
    const { peersNamespace, peersConfigMap } = this.#settings;
    const uid = original?.metadata.uid ?? "";
    if (!original || isOwn(original, peersNamespace) || this.#adopted.has(uid)) return;
    this.#adopted.add(uid);
    this.#options.log.info(
      { event: "provision.adopted", object: `ConfigMap ${peersNamespace}/${peersConfigMap}` },
      `ConfigMap ${peersNamespace}/${peersConfigMap} was not made by this provisioner and is used as it is`,
    );
  }

  /** Says once that a list can't be copied as it stands. That it can't be followed has been said already. */
  #hinder(obstacle: CopyObstacle | undefined): void {
    const { peersNamespace, peersConfigMap } = this.#settings;
    if (obstacle === "edited" && this.#obstacle !== "edited")
      this.#options.log.warn(
        { event: "provision.withheld", object: `ConfigMap ${peersNamespace}/${peersConfigMap}` },
        `ConfigMap ${peersNamespace}/${peersConfigMap} is not as an agent writes it: its hash or revision does not fit; copies stay as they are until the leading agent has put it right`,
      );
    this.#obstacle = obstacle;
  }

  #lost(what: string, error: ApiError): void {
    this.#options.log.warn(
      { event: "provision.failed", err: error },
      `${what} can't be followed: ${error.message}; nothing is removed meanwhile, and it is tried again`,
    );
  }
}
