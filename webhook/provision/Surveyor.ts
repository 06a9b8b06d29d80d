import { ApiError } from "../../kube/ApiError.ts";
import type { EventRecorder } from "../../kube/EventRecorder.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Notifier } from "../../runtime/Notifier.ts";
import { describeOutdatedAgent } from "../inject/describeOutdatedAgent.ts";
import type { InjectionSettings } from "../inject/InjectionSettings.ts";
import { planRemediation } from "./planRemediation.ts";
import type { PodObservation } from "./PodObservation.ts";
import type { PodSurvey } from "./PodSurvey.ts";
import type { ProvisionMetrics } from "./ProvisionMetrics.ts";
import { surveyPods } from "./surveyPods.ts";
import type { ValidatorPod } from "./ValidatorPod.ts";

export interface SurveyorOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProvisionMetrics;
  readonly events: Pick<EventRecorder, "record">;
  readonly settings: InjectionSettings;
  /** Undefined until it is known. */
  readonly serverMinor: () => number | undefined;
  readonly remediation: "off" | "evict";
  /** Undefined until everything has been read once. */
  readonly observe: () => PodObservation | undefined;
  /** Notified when that has changed. */
  readonly changed: Notifier;
}

/** Milliseconds in which pods come into being or go, together. */
const settle = 2_000;
const period = 30_000;

function countByNamespace(pods: readonly ValidatorPod[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { metadata } of pods)
    counts.set(metadata.namespace ?? "", (counts.get(metadata.namespace ?? "") ?? 0) + 1);
  return counts;
}

/**
 * Shows which validator pods have no agent or an old one: as metrics, as an Event on each pod, and as a log line when
 * that changes. Evicts those without one, if it is told to, one at a time (planRemediation).
 */
export class Surveyor {
  readonly #options: SurveyorOptions;
  #told = "";
  #evictedAt = -Infinity;

  constructor(options: SurveyorOptions) {
    this.#options = options;
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { changed, clock, metrics, observe, serverMinor, settings } = this.#options;
    try {
      for (;;) {
        await clock.sleep(settle, signal);
        const observed = observe();
        const minor = serverMinor();
        if (observed && minor !== undefined)
          await this.#look(observed, surveyPods(observed, settings, minor), signal);
        await changed.wait(clock, period, signal);
      }
    } finally {
      metrics.pods(new Map(), new Map());
    }
  }

  async #look(observed: PodObservation, survey: PodSurvey, signal: AbortSignal): Promise<void> {
    const { clock, metrics, remediation } = this.#options;
    metrics.pods(countByNamespace(survey.missing), countByNamespace(survey.outdated));
    this.#tell(survey);
    if (remediation === "off") return;
    const plan = planRemediation(survey, observed, this.#evictedAt, clock.monotonic());
    if (plan.action === "evict") await this.#evict(plan.pod, signal);
  }

  #tell({ missing, outdated }: PodSurvey): void {
    const { log, settings } = this.#options;
    for (const pod of missing)
      this.#record(
        pod,
        "Warning",
        "AgentMissing",
        "this validator has no peer agent: it was made while the webhook was away, or before its namespace was enabled; restart it to give it one",
      );
    for (const pod of outdated)
      this.#record(
        pod,
        "Normal",
        "AgentOutdated",
        `its peer agent ${describeOutdatedAgent(pod, settings) ?? "is another"}: restart it when convenient`,
      );
    const names = (pods: readonly ValidatorPod[]): string[] =>
      pods.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name ?? ""}`).toSorted();
    const story = { missing: names(missing), outdated: names(outdated) };
    const text = JSON.stringify(story);
    if (text === this.#told || (this.#told === "" && missing.length + outdated.length === 0)) return;
    this.#told = text;
    const level = missing.length > 0 ? "warn" : "info";
    log[level](
      { event: "pods.surveyed", missing: story.missing.slice(0, 20), outdated: story.outdated.slice(0, 20) },
      `${missing.length} validator pods have no agent, ${outdated.length} one of another version or image`,
    );
  }

  async #evict(pod: ValidatorPod, signal: AbortSignal): Promise<void> {
    const { api, clock, log, metrics } = this.#options;
    const { namespace = "", name = "" } = pod.metadata;
    this.#evictedAt = clock.monotonic();
    try {
      await api.evict({ namespace, name }, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 404)
        log.warn(
          { event: "pod.evicted", err: error },
          `${namespace}/${name} could not be evicted: ${error.message}`,
        );
      return;
    }
    metrics.evicted();
    log.info({ event: "pod.evicted" }, `${namespace}/${name} was evicted, to come back with an agent`);
    this.#record(pod, "Normal", "AgentEvicted", "evicted, to come back with a peer agent");
  }

  #record({ metadata }: ValidatorPod, type: "Normal" | "Warning", reason: string, note: string): void {
    const { namespace = "", name = "", uid } = metadata;
    const regarding = { apiVersion: "v1", kind: "Pod", namespace, name, ...(uid !== undefined && { uid }) };
    this.#options.events.record({ regarding, type, reason, action: "Survey", note });
  }
}
