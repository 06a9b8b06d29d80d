import type { ApiError } from "../../kube/ApiError.ts";
import type { Collection } from "../../kube/Collection.ts";
import type { KubeApi } from "../../kube/KubeApi.ts";
import type { Clock } from "../../runtime/Clock.ts";
import { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Random } from "../../runtime/Random.ts";
import { runTasks } from "../../runtime/runTasks.ts";
import type { AgentSettings } from "../AgentSettings.ts";
import { chooseSource } from "./chooseSource.ts";
import type { SourceChoice, SourceName } from "./chooseSource.ts";
import { Follower } from "./Follower.ts";
import type { Observation } from "./Observation.ts";
import { readEndpointSlice } from "./readEndpointSlice.ts";
import { readStellarNode } from "./readStellarNode.ts";
import { ResourcePresence } from "./ResourcePresence.ts";

export type SourceSettings = Pick<
  AgentSettings,
  "discoverySource" | "discoverySelector" | "pollInterval" | "staticPeers"
>;

export interface SourcesOptions {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: SourceSettings;
  /**
   * Something that the choice or the observation follows from is another now. `before`: milliseconds since what was
   * there until now was last proven, where objects are others; infinite at first.
   */
  readonly onChange: (before?: number) => void;
  /** Once each, when following this collection begins to fail and when it works again. */
  readonly onFailure: (collection: Collection, error: ApiError) => void;
  readonly onRecovery: (collection: Collection) => void;
}

const stellarNodes: Collection = { apiVersion: "stellar.org/v1alpha1", kind: "StellarNode" };
const endpointSlices = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };
/** Any Service's slices: nothing obliges the Service of a StellarNode to bear a label of ours. */
const serviceSlices: Collection = { ...endpointSlices, labelSelector: "kubernetes.io/service-name" };

/** Milliseconds: a reflector that goes by shorter watches than this costs more than it tells. */
const minAge = 5_000;
/** Milliseconds between two beats of a follower that is well: its longest back-off and a list's deadline. */
const followerPeriod = 60_000;

/** The ways to find validators: follows what the choice of the source needs, and says what is there. */
export class Sources {
  readonly #options: SourcesOptions;
  readonly #nodes: Follower;
  readonly #nodeSlices: Follower;
  readonly #selectedSlices: Follower;
  readonly #presence: ResourcePresence;
  readonly #heartbeats: Heartbeat[] = [];
  #used: SourceName | undefined;

  constructor(options: SourcesOptions) {
    this.#options = options;
    const { api, clock, random, settings, onChange } = options;
    this.#presence = new ResourcePresence({
      api,
      clock,
      random,
      collection: stellarNodes,
      needed: () => settings.discoverySource === "auto" && this.#used !== "endpointslices",
      onChange,
    });
    this.#nodes = this.#follower("stellarnodes", stellarNodes);
    this.#nodeSlices = this.#follower("service-slices", serviceSlices);
    this.#selectedSlices = this.#follower("selected-slices", {
      ...endpointSlices,
      labelSelector: settings.discoverySelector,
    });
    this.#nodes.want(settings.discoverySource !== "endpointslices");
  }

  /** Decides anew which source to use, and follows what it needs; see chooseSource. */
  choose(): SourceChoice {
    const served = this.#nodes.synced() && this.#nodes.failure() === undefined;
    const choice = chooseSource({
      configured: this.#options.settings.discoverySource,
      current: this.#used,
      nodesServed: served,
      missingFor: this.#presence.missingFor(),
      ready: {
        stellarnodes: this.#nodes.synced() && this.#nodeSlices.synced(),
        endpointslices: this.#selectedSlices.synced(),
      },
    });
    this.#used = choice.used;
    const needed = new Set([choice.wanted, choice.used]);
    this.#nodeSlices.want(needed.has("stellarnodes"));
    this.#selectedSlices.want(needed.has("endpointslices"));
    return choice;
  }

  /** What the source in use shows; undefined until it has once been complete. */
  observe(): Observation | undefined {
    const { staticPeers } = this.#options.settings;
    const slices = (this.#used === "stellarnodes" ? this.#nodeSlices : this.#selectedSlices)
      .objects()
      .map(readEndpointSlice)
      .filter((slice) => slice !== undefined);
    if (this.#used === "endpointslices") return { nodes: undefined, slices, staticPeers };
    if (this.#used === undefined) return undefined;
    const nodes = this.#nodes
      .objects()
      .map(readStellarNode)
      .filter((node) => node !== undefined);
    return { nodes, slices, staticPeers };
  }

  /** Milliseconds since the source in use was last known to be what the API has. */
  age(): number {
    if (this.#used === undefined) return Infinity;
    if (this.#used === "endpointslices") return this.#selectedSlices.age();
    return Math.max(this.#nodes.age(), this.#nodeSlices.age());
  }

  /** By kind, what each that is followed has failed with since it last worked. */
  failures(): ReadonlyMap<string, ApiError | undefined> {
    return new Map([
      ["StellarNode", this.#nodes.failure()],
      ["EndpointSlice", this.#nodeSlices.failure() ?? this.#selectedSlices.failure()],
    ]);
  }

  /** True while every loop of this makes progress, whatever the API says. */
  alive(): boolean {
    return this.#heartbeats.every((heartbeat) => heartbeat.overdue() === 0);
  }

  /** Runs until the signal aborts; rejects with its reason. */
  async run(signal: AbortSignal): Promise<void> {
    const tasks = {
      stellarnodes: (inner: AbortSignal) => this.#nodes.run(inner),
      "service-slices": (inner: AbortSignal) => this.#nodeSlices.run(inner),
      "selected-slices": (inner: AbortSignal) => this.#selectedSlices.run(inner),
      presence: (inner: AbortSignal) => this.#presence.run(inner),
    };
    await runTasks(tasks, signal);
    signal.throwIfAborted();
  }

  #follower(name: string, collection: Collection): Follower {
    const { api, clock, random, settings, onChange, onFailure, onRecovery } = this.#options;
    const heartbeat = new Heartbeat(name, clock, followerPeriod);
    this.#heartbeats.push(heartbeat);
    const presence = collection === stellarNodes ? this.#presence : undefined;
    return new Follower({
      api,
      clock,
      random,
      collection,
      maxAge: Math.max(minAge, settings.pollInterval),
      heartbeat,
      onChange,
      onFailure: (error) => {
        presence?.failed(error);
        onFailure(collection, error);
        onChange();
      },
      onRecovery: () => {
        presence?.recovered();
        onRecovery(collection);
        onChange();
      },
    });
  }
}
