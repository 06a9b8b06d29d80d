import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";
import type { DiscoveryMetrics } from "../discover/DiscoveryMetrics.ts";

/** Discovery's metrics in Prometheus's form. */
export class DiscoveryPrometheus implements DiscoveryMetrics {
  readonly #peers: Gauge<"network">;
  readonly #omissions: Gauge<"reason">;
  readonly #age: Gauge;
  readonly #changes: Counter;
  readonly #failing: Gauge<"kind">;
  readonly #failures: Counter<"kind">;
  readonly #source: Gauge<"source">;
  readonly #nowFailing = new Set<string>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.#peers = new Gauge({
      name: "stellar_peer_agent_picture_peers",
      help: "Validators in the agent's own picture, by network.",
      labelNames: ["network"],
      registers,
    });
    this.#omissions = new Gauge({
      name: "stellar_peer_agent_picture_omissions",
      help: "What the API shows and the picture leaves out, by reason.",
      labelNames: ["reason"],
      registers,
    });
    this.#age = new Gauge({
      name: "stellar_peer_agent_picture_age_seconds",
      help: "Time since the picture was last known to be what the API has, at the agent's last look (every 10 s).",
      registers,
    });
    this.#changes = new Counter({
      name: "stellar_peer_agent_picture_changes_total",
      help: "Changes of the picture's peers, the first picture among them.",
      registers,
    });
    this.#failing = new Gauge({
      name: "stellar_peer_agent_discovery_failing",
      help: "1 while objects of this kind can't be followed.",
      labelNames: ["kind"],
      registers,
    });
    this.#failures = new Counter({
      name: "stellar_peer_agent_discovery_failures_total",
      help: "Times that following objects of this kind began to fail.",
      labelNames: ["kind"],
      registers,
    });
    this.#source = new Gauge({
      name: "stellar_peer_agent_discovery_source",
      help: "1 for the source of validators in use.",
      labelNames: ["source"],
      registers,
    });
    this.#age.set(Infinity);
  }

  pictured(
    peersByNetwork: ReadonlyMap<string, number>,
    omissionsByReason: ReadonlyMap<string, number>,
  ): void {
    this.#peers.reset();
    this.#omissions.reset();
    for (const [network, count] of peersByNetwork) this.#peers.set({ network }, count);
    for (const [reason, count] of omissionsByReason) this.#omissions.set({ reason }, count);
  }

  aged(milliseconds: number): void {
    this.#age.set(milliseconds / 1_000);
  }

  changed(): void {
    this.#changes.inc();
  }

  failing(kind: string, failing: boolean): void {
    this.#failing.set({ kind }, failing ? 1 : 0);
    if (!failing) this.#nowFailing.delete(kind);
    else if (!this.#nowFailing.has(kind)) {
      this.#nowFailing.add(kind);
      this.#failures.inc({ kind });
    }
  }

  sourced(source: "stellarnodes" | "endpointslices"): void {
    this.#source.reset();
    this.#source.set({ source }, 1);
  }
}
