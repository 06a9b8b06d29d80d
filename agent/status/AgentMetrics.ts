import { Gauge, Registry, collectDefaultMetrics } from "prom-client";
import { ApplyPrometheus } from "./ApplyPrometheus.ts";
import { DiscoveryPrometheus } from "./DiscoveryPrometheus.ts";
import { PublishPrometheus } from "./PublishPrometheus.ts";

export interface AgentMetricsOptions {
  readonly version: string;
}

/**
 * The agent's metrics, in a registry of their own: `stellar_peer_agent_*`, in Prometheus's units and suffixes.
 * Label values are codes and names of networks; no address, no pod and no text of an error, so that their number
 * stays small.
 */
export class AgentMetrics {
  readonly registry = new Registry();
  readonly discovery = new DiscoveryPrometheus(this.registry);
  readonly publish = new PublishPrometheus(this.registry);
  readonly apply = new ApplyPrometheus(this.registry);
  readonly #leader = new Gauge({
    name: "stellar_peer_agent_leader",
    help: "1 while this agent is the one that publishes.",
    registers: [this.registry],
  });

  constructor({ version }: AgentMetricsOptions) {
    collectDefaultMetrics({ register: this.registry, prefix: "stellar_peer_agent_" });
    new Gauge({
      name: "stellar_peer_agent_build_info",
      help: "Always 1; the label is the version.",
      labelNames: ["version"],
      registers: [this.registry],
    }).set({ version }, 1);
    this.#leader.set(0);
  }

  readonly leading = (leading: boolean): void => this.#leader.set(leading ? 1 : 0);
}
