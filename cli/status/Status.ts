import type { Finding } from "../findings/Finding.ts";
import type { AgentReport } from "./AgentReport.ts";

export interface NamespaceStatus {
  readonly name: string;
  /** `original`: the list itself is there. */
  readonly copy: "original" | "current" | "behind" | "missing" | "unknown";
  readonly revision?: string;
  readonly injectedPods: number;
  /** That should have an agent and have none. */
  readonly barePods: number;
}

export interface WebhookStatus {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly availableReplicas?: number;
  readonly replicas?: number;
}

export interface ListStatus {
  readonly revision: string;
  readonly hash: string;
  readonly peers: number;
  /** How many of them are on which network. */
  readonly networks: Readonly<Record<string, number>>;
}

export interface LeaderStatus {
  /** NAMESPACE/POD/UID; empty for nobody. */
  readonly holder: string;
  readonly epoch: number;
  readonly secondsSinceRenewal?: number;
}

/** An injected pod, and what its agent says of itself. */
export type AgentStatus =
  | { readonly pod: string; readonly answers: false; readonly detail: string }
  | (Omit<AgentReport, "peers"> & {
      readonly pod: string;
      readonly answers: true;
      /** Peers that Core should be connected with, how many of them are, and which are not. */
      readonly planned: number;
      readonly connected: number;
      readonly missing: readonly string[];
    });

/** The state of peer discovery in a cluster. What could not be seen is absent. */
export interface Status {
  /** Problems first. */
  readonly findings: readonly Finding[];
  readonly webhooks: readonly WebhookStatus[];
  readonly list?: ListStatus;
  readonly leader?: LeaderStatus;
  readonly sources: { readonly validators?: number; readonly endpointSlices?: number };
  readonly namespaces: readonly NamespaceStatus[];
  readonly agents: readonly AgentStatus[];
}
