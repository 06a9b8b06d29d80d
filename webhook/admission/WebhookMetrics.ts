import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import type { AdmissionMetrics } from "./AdmissionMetrics.ts";
import type { ReviewRefusal } from "./reviewRefusals.ts";

/** The webhook's metrics in Prometheus's text format, in a registry of their own. */
export class WebhookMetrics implements AdmissionMetrics {
  /** For what else the process measures. */
  readonly registry = new Registry();
  readonly #reviews = new Counter({
    name: "stellar_peer_webhook_reviews_total",
    help: "Admission reviews answered, by what was done (inject, skip, reject) and why.",
    labelNames: ["action", "reason", "dry_run"] as const,
    registers: [this.registry],
  });
  readonly #duration = new Histogram({
    name: "stellar_peer_webhook_review_duration_seconds",
    help: "Time from a review's body to its answer.",
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1],
    registers: [this.registry],
  });
  readonly #refused = new Counter({
    name: "stellar_peer_webhook_requests_refused_total",
    help: "Requests that were no admission review, by reason.",
    labelNames: ["reason"] as const,
    registers: [this.registry],
  });

  constructor(version: string) {
    collectDefaultMetrics({ register: this.registry, prefix: "stellar_peer_webhook_" });
    // Prometheus sees how a counter grew only when it saw it before.
    for (const mode of ["container", "native"])
      this.#reviews.inc({ action: "inject", reason: mode, dry_run: "false" }, 0);
    new Gauge({
      name: "stellar_peer_webhook_build_info",
      help: "Always 1; the label is the version.",
      labelNames: ["version"] as const,
      registers: [this.registry],
    }).set({ version }, 1);
  }

  decided(decision: InjectionDecision, dryRun: boolean, seconds: number): void {
    const reason = decision.action === "inject" ? decision.mode : decision.reason;
    this.#reviews.inc({ action: decision.action, reason, dry_run: String(dryRun) });
    this.#duration.observe(seconds);
  }

  refused(reason: ReviewRefusal): void {
    this.#refused.inc({ reason });
  }

  async render(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
