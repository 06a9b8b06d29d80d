import type { EventRecorder } from "../../kube/EventRecorder.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Log } from "../../runtime/Log.ts";
import type { InjectionContext } from "../inject/InjectionContext.ts";
import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import type { AdmissionMetrics } from "./AdmissionMetrics.ts";
import type { AdmissionRequest } from "./AdmissionReview.ts";
import { buildResponse } from "./buildResponse.ts";
import { decideRequest } from "./decideRequest.ts";
import { logDecision } from "./logDecision.ts";
import { readAdmissionReview } from "./readAdmissionReview.ts";
import { recordDecision } from "./recordDecision.ts";
import { reviewRefusals } from "./reviewRefusals.ts";
import type { ReviewRefusal } from "./reviewRefusals.ts";

export interface ReviewHandlerOptions {
  /** What a pod of this namespace is judged by. */
  readonly context: (namespace: string) => InjectionContext;
  readonly log: Log;
  readonly metrics: AdmissionMetrics;
  readonly clock: Clock;
  readonly events: Pick<EventRecorder, "record">;
}

/** What goes back over HTTP: `body` as JSON. */
export interface ReviewAnswer {
  readonly status: number;
  readonly body: object;
}

/**
 * Answers one AdmissionReview, with the request's uid, whatever the pod; what is none gets a 4xx that says why. Besides
 * answering it only logs, counts and tells of it, so a dry run is no special case. Never throws.
 */
export class ReviewHandler {
  readonly #options: ReviewHandlerOptions;

  constructor(options: ReviewHandlerOptions) {
    this.#options = options;
  }

  answer(body: Buffer | undefined): ReviewAnswer {
    const { clock, events, log, metrics } = this.#options;
    const start = clock.monotonic();
    const review = readAdmissionReview(body);
    if (!review.ok) return this.refuse(review.reason, review.detail);
    const { request } = review;
    const decision = this.#decide(request);
    const response = buildResponse(request.uid, decision);
    metrics.decided(decision, request.dryRun, (clock.monotonic() - start) / 1000);
    logDecision(log, request, decision);
    recordDecision(events, request, decision);
    return { status: 200, body: { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response } };
  }

  /** The answer to a request that is no review. */
  refuse(reason: ReviewRefusal, detail: string): ReviewAnswer {
    this.#options.metrics.refused(reason);
    this.#options.log.warn({ event: "review.invalid", reason }, detail);
    return { status: reviewRefusals[reason], body: { reason, message: detail } };
  }

  /** A fault of ours must not keep a pod from being made, nor leave the request without an answer. */
  #decide(request: AdmissionRequest): InjectionDecision {
    try {
      return decideRequest(request, this.#options.context(request.namespace));
    } catch (error) {
      this.#options.log.error({ event: "http.failed", err: error }, "a pod could not be judged");
      const detail = "the webhook failed; the pod starts without a peer agent";
      return { action: "skip", reason: "internal-error", detail, warnings: [detail] };
    }
  }
}
