import type { Lease } from "../../kube/election/Lease.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { InjectionSettings } from "../../webhook/inject/InjectionSettings.ts";
import type { PodContainer } from "../../webhook/inject/Pod.ts";
import type { Installation } from "../cluster/Installation.ts";
import type { Observed } from "../cluster/Observed.ts";
import type { AgentAnswer } from "./observeAgents.ts";

export interface PeersConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** The parts of a StellarNode (stellar.org/v1alpha1) that are read here. */
export interface StellarNode extends KubeObject {
  readonly spec?: { readonly nodeType?: unknown; readonly suspended?: unknown };
}

/** A pod, with what runs in it where that is of interest. */
export interface StatusPod extends KubeObject {
  readonly spec?: {
    readonly containers: readonly PodContainer[];
    readonly initContainers?: readonly PodContainer[];
  };
  readonly status?: { readonly phase?: string };
}

/** All that a status depends on. */
export interface StatusObservation {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the list and the Lease are. */
  readonly peersNamespace: string;
  readonly peersConfigMap: string;
  readonly peersLease: string;
  readonly discoverySource: "auto" | "stellarnodes" | "endpointslices";
  /** What pods made now get, with a version and an image of `unknown` where that can't be seen. */
  readonly settings: InjectionSettings;
  /** Absent: all namespaces. */
  readonly onlyNamespace?: string;
  readonly installations: Observed<readonly Installation[]>;
  readonly list: Observed<PeersConfigMap>;
  readonly lease: Observed<Lease>;
  /** `absent`: the resource is not served. */
  readonly stellarNodes: Observed<readonly StellarNode[]>;
  /** Those that agents look at without StellarNodes. */
  readonly endpointSlices: Observed<readonly KubeObject[]>;
  /** Enabled ones, or the one asked for. */
  readonly namespaces: Observed<readonly KubeObject[]>;
  /** ConfigMaps of the list's name, wherever they are. */
  readonly copies: Observed<readonly PeersConfigMap[]>;
  /** Validators, those that ask for an agent, and those that have one; of these with what runs in them. */
  readonly pods: Observed<readonly StatusPod[]>;
  /** What the agents of these say, by `namespace/pod`. */
  readonly agents: ReadonlyMap<string, AgentAnswer>;
}
