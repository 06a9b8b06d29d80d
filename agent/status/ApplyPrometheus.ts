import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";
import type { ApplyGauges, ApplyMetrics } from "../apply/ApplyMetrics.ts";
import type { DocumentSource } from "../apply/DocumentView.ts";

/** Applying's metrics in Prometheus's form. */
export class ApplyPrometheus implements ApplyMetrics {
  readonly #received: Counter<"source">;
  readonly #rejected: Counter<"source" | "reason">;
  readonly #refused: Gauge<"source" | "reason">;
  readonly #refusals = new Map<DocumentSource, string>();
  readonly #reloads: Counter<"result">;
  readonly #dials: Counter<"result">;
  readonly #confirmation: Histogram;
  readonly #healthy: Gauge;
  readonly #behind: Gauge;
  readonly #source: Gauge<"source">;
  readonly #peers: Gauge<"state">;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#received = new Counter({
      name: "stellar_peer_agent_documents_received_total",
      help: "New good documents, by the way in which they came.",
      labelNames: ["source"],
      registers,
    });
    this.#rejected = new Counter({
      name: "stellar_peer_agent_documents_rejected_total",
      help: "Documents that were unusable, by the way in which they came and by reason.",
      labelNames: ["source", "reason"],
      registers,
    });
    this.#refused = new Gauge({
      name: "stellar_peer_agent_document_refused",
      help: "1 while what lies there is unusable, by the way in which it came and by reason.",
      labelNames: ["source", "reason"],
      registers,
    });
    this.#reloads = new Counter({
      name: "stellar_peer_agent_core_reloads_total",
      help: "Config-reloads asked of Core, by result: accepted, unsupported, failed.",
      labelNames: ["result"],
      registers,
    });
    this.#dials = new Counter({
      name: "stellar_peer_agent_core_dials_total",
      help: "Peers that Core was asked to connect to, by result: asked, failed. Being asked proves no connection.",
      labelNames: ["result"],
      registers,
    });
    this.#confirmation = new Histogram({
      name: "stellar_peer_agent_confirmation_seconds",
      help: "Time from a document's arrival until Core was connected as planned.",
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
      registers,
    });
    this.#healthy = new Gauge({
      name: "stellar_peer_agent_core_healthy",
      help: "1 while Core passes the health gate.",
      registers,
    });
    this.#source = new Gauge({
      name: "stellar_peer_agent_document_source",
      help: "1 for the way in whose document counts now.",
      labelNames: ["source"],
      registers,
    });
    this.#behind = new Gauge({
      name: "stellar_peer_agent_document_behind_seconds",
      help: "For how long the other way in, file or API, has not brought the document that counts; 0 when it has.",
      registers,
    });
    this.#peers = new Gauge({
      name: "stellar_peer_agent_peers",
      help: "Peers of Core's plan: planned, connected, and held back since the agent's own picture lacks them.",
      labelNames: ["state"],
      registers,
    });
    this.#startAtZero();
  }

  documentReceived(source: DocumentSource): void {
    this.#received.inc({ source });
  }

  documentRejected(source: DocumentSource, reason: string): void {
    this.#rejected.inc({ source, reason });
  }

  documentRefused(source: DocumentSource, reason: string | undefined): void {
    if (reason === undefined) this.#refusals.delete(source);
    else this.#refusals.set(source, reason);
    this.#refused.reset();
    for (const [each, why] of this.#refusals) this.#refused.set({ source: each, reason: why }, 1);
  }

  reloaded(result: "accepted" | "unsupported" | "failed"): void {
    this.#reloads.inc({ result });
  }

  dialed(result: "asked" | "failed"): void {
    this.#dials.inc({ result });
  }

  confirmed(milliseconds: number): void {
    this.#confirmation.observe(milliseconds / 1_000);
  }

  /** Prometheus sees how a counter grew only when it saw it before. */
  #startAtZero(): void {
    for (const source of ["api", "file"]) this.#received.inc({ source }, 0);
    for (const result of ["accepted", "unsupported", "failed"]) this.#reloads.inc({ result }, 0);
    for (const result of ["asked", "failed"]) this.#dials.inc({ result }, 0);
  }

  looked({ healthy, source, planned, connected, heldBack, behind }: ApplyGauges): void {
    this.#behind.set(behind / 1_000);
    this.#healthy.set(healthy ? 1 : 0);
    this.#source.reset();
    if (source !== undefined) this.#source.set({ source }, 1);
    this.#peers.set({ state: "planned" }, planned);
    this.#peers.set({ state: "connected" }, connected);
    this.#peers.set({ state: "held_back" }, heldBack);
  }
}
