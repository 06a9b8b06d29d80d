import { Counter, Gauge, type Registry } from "prom-client";
import type { ProvisionMetrics } from "./ProvisionMetrics.ts";

/** The provisioner's metrics; all zero in a replica that does not lead. */
export class ProvisionPrometheus implements ProvisionMetrics {
  readonly #namespaces: Gauge;
  readonly #problems: Gauge<"kind">;
  readonly #missing: Gauge<"namespace">;
  readonly #outdated: Gauge<"namespace">;
  readonly #evicted: Counter;
  readonly #missingAccounts: Gauge<"namespace">;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#namespaces = new Gauge({
      name: "stellar_peer_webhook_enabled_namespaces",
      help: "Namespaces that this replica provisions; 0 where it does not lead.",
      registers,
    });
    this.#problems = new Gauge({
      name: "stellar_peer_webhook_unprovisioned_objects",
      help: "Objects that are not as they should be: foreign (made by somebody else) or failed.",
      labelNames: ["kind"] as const,
      registers,
    });
    this.#missing = new Gauge({
      name: "stellar_peer_webhook_pods_without_agent",
      help: "Validator pods in enabled namespaces that slipped through; restart them.",
      labelNames: ["namespace"] as const,
      registers,
    });
    this.#outdated = new Gauge({
      name: "stellar_peer_webhook_pods_with_other_agent",
      help: "Pods whose agent is of another version or image than pods made now get.",
      labelNames: ["namespace"] as const,
      registers,
    });
    this.#evicted = new Counter({
      name: "stellar_peer_webhook_evictions_total",
      help: "Pods without an agent that were evicted so that they come back with one.",
      registers,
    });
    this.#missingAccounts = new Gauge({
      name: "stellar_peer_webhook_missing_service_accounts",
      help: "Service accounts of injected pods that do not exist; their agents have no rights.",
      labelNames: ["namespace"] as const,
      registers,
    });
  }

  namespaces(count: number): void {
    this.#namespaces.set(count);
  }

  problems(foreign: number, failed: number): void {
    this.#problems.set({ kind: "foreign" }, foreign);
    this.#problems.set({ kind: "failed" }, failed);
  }

  pods(missing: ReadonlyMap<string, number>, outdated: ReadonlyMap<string, number>): void {
    setEach(this.#missing, missing);
    setEach(this.#outdated, outdated);
  }

  missingAccounts(counts: ReadonlyMap<string, number>): void {
    setEach(this.#missingAccounts, counts);
  }

  evicted(): void {
    this.#evicted.inc();
  }
}

function setEach(gauge: Gauge<"namespace">, counts: ReadonlyMap<string, number>): void {
  gauge.reset();
  for (const [namespace, count] of counts) gauge.set({ namespace }, count);
}
