import type { Peer } from "../../contract/Peer.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import type { Random } from "../../runtime/Random.ts";
import type { CoreApi, CoreInfo } from "../core/CoreApi.ts";
import type { PodEvents } from "../PodEvents.ts";
import type { ApplyMetrics } from "./ApplyMetrics.ts";
import type { Step } from "./decideStep.ts";
import { ReloadMemory } from "./ReloadMemory.ts";

export interface CoreActionsOptions {
  readonly core: CoreApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: ApplyMetrics;
  /** For people; nothing depends on them. */
  readonly events?: Pick<PodEvents, "record">;
}

/** Milliseconds for which reloads must have failed until people are told by an Event. */
const longFailing = 600_000;

/** Takes the steps that were decided, and remembers what came of them. */
export class CoreActions {
  readonly memory: ReloadMemory;
  readonly #options: CoreActionsOptions;
  #lastAt = -Infinity;
  #lastError: string | undefined;
  #failingSince: number | undefined;

  constructor(options: CoreActionsOptions) {
    this.#options = options;
    this.memory = new ReloadMemory(options.random);
  }

  /** When Core was last asked for something: milliseconds of the clock's monotonic(). */
  get lastAt(): number {
    return this.#lastAt;
  }

  get lastError(): string | undefined {
    return this.#lastError;
  }

  /** Takes note of which start of Core answers. */
  see({ startedOn }: CoreInfo): void {
    if (this.memory.see(startedOn))
      this.#options.log.info({ event: "core.restarted", startedOn }, `Core was started anew at ${startedOn}`);
  }

  /** Nothing is left to do: what failed on the way no longer matters. */
  settled(): void {
    this.#lastError = undefined;
  }

  /** `target`: the planned addresses as one text. */
  async take(step: Step, target: string, signal: AbortSignal): Promise<void> {
    if (step.do === "nothing") return;
    if (step.do === "dial") await this.#dial(step.peer, signal);
    else await this.#reload(target, signal);
    this.#lastAt = this.#options.clock.monotonic();
  }

  async #dial({ ip, port, peerString }: Peer, signal: AbortSignal): Promise<void> {
    const { core, clock, log, metrics } = this.#options;
    const first = this.memory.dial(peerString) === undefined;
    // Before the call: whatever comes of it, the next try is later.
    this.memory.dialed(peerString, clock.monotonic());
    const result = await core.connect(ip, port, signal);
    metrics.dialed(result.ok ? "asked" : "failed");
    if (result.ok) {
      log.debug({ event: "core.connect", peer: peerString }, `Core was asked to connect to ${peerString}`);
      return;
    }
    this.#lastError = `connect to ${peerString}: ${result.reason}, ${result.detail}`;
    const fields = { event: "core.connect.failed", peer: peerString, reason: result.reason } as const;
    log[first ? "warn" : "debug"](fields, `Core could not be asked to ${this.#lastError}`);
  }

  async #reload(target: string, signal: AbortSignal): Promise<void> {
    const { core, clock, log, metrics } = this.#options;
    const before = this.memory.reload.state;
    const result = await core.configReload(signal);
    const state = result.ok ? "accepted" : result.reason === "unknown-command" ? "unsupported" : "failed";
    this.memory.reloaded(target, state, clock.monotonic());
    metrics.reloaded(state);
    // Every Core released so far has none: that is no error.
    if (!result.ok && state !== "unsupported")
      this.#lastError = `config-reload: ${result.reason}, ${result.detail}`;
    this.#noteFailing(state === "failed");
    if (result.ok) {
      log.info({ event: "core.reloaded" }, "Core accepted a config-reload");
      return;
    }
    if (state === before) return;
    if (state === "unsupported") log.info({ event: "core.reload.unsupported" }, "Core has no config-reload");
    else log.warn({ event: "core.reload.failed", reason: result.reason }, this.#lastError ?? "");
  }

  #noteFailing(failed: boolean): void {
    const { clock, events } = this.#options;
    const now = clock.monotonic();
    this.#failingSince = failed ? (this.#failingSince ?? now) : undefined;
    if (this.#failingSince === undefined || now - this.#failingSince < longFailing) return;
    const note = `Core's config-reload has failed for ten minutes and more, last with: ${this.#lastError ?? ""}`;
    events?.record({ type: "Warning", reason: "ReloadFailing", action: "Reload", note });
  }
}
