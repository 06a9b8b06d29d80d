import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";
import type { PublishMetrics } from "../publish/PublishMetrics.ts";

/** Publishing's metrics in Prometheus's form. */
export class PublishPrometheus implements PublishMetrics {
  readonly #writes: Counter<"result">;
  readonly #withheld: Counter<"reason">;
  readonly #withholding: Gauge<"reason">;
  readonly #restored: Counter;
  readonly #peers: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#writes = new Counter({
      name: "stellar_peer_agent_publish_attempts_total",
      help: "Attempts to write the ConfigMap, by what came of them: written, failed, conflict, refused.",
      labelNames: ["result"],
      registers,
    });
    this.#withheld = new Counter({
      name: "stellar_peer_agent_publish_withheld_total",
      help: "Times that publishing began to be withheld, by reason.",
      labelNames: ["reason"],
      registers,
    });
    this.#withholding = new Gauge({
      name: "stellar_peer_agent_publish_withholding",
      help: "1 for the reason why this agent, which leads, publishes nothing at present.",
      labelNames: ["reason"],
      registers,
    });
    this.#restored = new Counter({
      name: "stellar_peer_agent_publish_restored_total",
      help: "Times that another writer's data was replaced by the agents' own.",
      registers,
    });
    this.#peers = new Gauge({
      name: "stellar_peer_agent_published_peers",
      help: "Peers in the document that this agent wrote last.",
      registers,
    });
    for (const result of ["written", "failed", "conflict", "refused"]) this.#writes.inc({ result }, 0);
  }

  written(peers: number): void {
    this.#writes.inc({ result: "written" });
    this.#peers.set(peers);
  }

  withheld(reason: Parameters<PublishMetrics["withheld"]>[0]): void {
    this.#withheld.inc({ reason });
  }

  withholding(reason: Parameters<PublishMetrics["withholding"]>[0]): void {
    this.#withholding.reset();
    if (reason !== undefined) this.#withholding.set({ reason }, 1);
  }

  failed(): void {
    this.#writes.inc({ result: "failed" });
  }

  conflict(): void {
    this.#writes.inc({ result: "conflict" });
  }

  refused(): void {
    this.#writes.inc({ result: "refused" });
  }

  restored(): void {
    this.#restored.inc();
  }
}
