import type { Server } from "node:https";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
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
import { readBody } from "./readBody.ts";
import { reviewRefusals } from "./reviewRefusals.ts";
import type { ReviewRefusal } from "./reviewRefusals.ts";

/** PEM. */
export interface ServingCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface AdmissionServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** What a pod of this namespace is judged by. */
  readonly context: (namespace: string) => InjectionContext;
  readonly log: Log;
  readonly metrics: AdmissionMetrics;
  readonly clock: Clock;
  readonly events: Pick<EventRecorder, "record">;
}

/**
 * Bytes. An object in etcd has at most 1.5 MiB and a request to the API server 3 MiB; a review carries the object, for an
 * update twice, and JSON may be longer than what was sent: 7 MiB is what controller-runtime accepts.
 */
const bodyLimit = 7 * 1024 * 1024;

/** The API server drops idle connections after 90 s (Go's default transport): being later, we never race with it. */
const keepAliveTimeout = 120_000;

type App = FastifyInstance<Server>;

/**
 * HTTPS for the API server: `POST /mutate` takes an AdmissionReview and answers it with the request's uid, whatever the
 * pod; other requests get a 4xx that says why. Serves nobody until it has a certificate. Nothing is done besides
 * answering, so a dry run is no special case.
 */
export class AdmissionServer {
  readonly #options: AdmissionServerOptions;
  readonly #app: App;
  #draining = false;

  constructor(options: AdmissionServerOptions) {
    this.#options = options;
    this.#app = this.#build();
  }

  /** Used for connections made from now on; those that stand keep theirs. */
  setCertificate(certificate: ServingCertificate): void {
    this.#app.server.setSecureContext({
      cert: certificate.certificate,
      key: certificate.privateKey,
      minVersion: "TLSv1.2",
    });
  }

  /** Resolves with the port. */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    await this.#app.listen({ host, port });
    const address = this.#app.server.address();
    const bound = typeof address === "object" && address ? address.port : port;
    this.#options.log.info(
      { event: "http.listening", host, port: bound },
      `admission listens on port ${bound}`,
    );
    return bound;
  }

  /** From now on each answer ends its connection, so that the API server turns to another replica. */
  drain(): void {
    this.#draining = true;
  }

  /** Accepts no more connections and resolves once all requests that came in are answered. */
  async close(): Promise<void> {
    this.drain();
    await this.#app.close();
  }

  #build(): App {
    const app: App = fastify({
      https: { minVersion: "TLSv1.2" },
      keepAliveTimeout,
      requestTimeout: 30_000,
      // A call that came in on an open connection while closing is answered, not turned away.
      return503OnClosing: false,
      forceCloseConnections: "idle",
      exposeHeadRoutes: false,
    });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", (_request: FastifyRequest, payload: AsyncIterable<Buffer>) =>
      readBody(payload, bodyLimit).then((body) => body ?? "too-large"),
    );
    app.addHook("onSend", async (_request, reply) => {
      if (this.#draining) reply.header("connection", "close");
    });
    app.post("/mutate", (request, reply) =>
      this.#mutate(request.body as Buffer | "too-large" | undefined, reply),
    );
    app.setNotFoundHandler((request, reply) =>
      request.url === "/mutate"
        ? this.#refuse(reply.header("allow", "POST"), "wrong-method", `${request.method} is not POST`)
        : this.#refuse(reply, "not-found", "there is nothing but /mutate"),
    );
    app.setErrorHandler((error, _request, reply) => this.#fail(error, reply));
    return app;
  }

  #mutate(body: Buffer | "too-large" | undefined, reply: FastifyReply): FastifyReply {
    if (body === "too-large")
      return this.#refuse(reply, "too-large", `the body has more than ${bodyLimit} bytes`);
    const start = this.#options.clock.monotonic();
    const review = readAdmissionReview(body);
    if (!review.ok) return this.#refuse(reply, review.reason, review.detail);
    const { request } = review;
    const decision = this.#decide(request);
    const response = buildResponse(request.uid, decision);
    const seconds = (this.#options.clock.monotonic() - start) / 1000;
    this.#options.metrics.decided(decision, request.dryRun, seconds);
    logDecision(this.#options.log, request, decision);
    recordDecision(this.#options.events, request, decision);
    return reply.send({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response });
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

  #refuse(reply: FastifyReply, reason: ReviewRefusal, detail: string): FastifyReply {
    this.#options.metrics.refused(reason);
    this.#options.log.warn({ event: "review.invalid", reason }, detail);
    return reply.code(reviewRefusals[reason]).send({ reason, message: detail });
  }

  #fail(error: unknown, reply: FastifyReply): FastifyReply {
    const status = (error as { statusCode?: unknown }).statusCode;
    if (status === 415)
      return this.#refuse(reply, "wrong-content-type", "the content type is not application/json");
    this.#options.log.error({ event: "http.failed", err: error }, "a request could not be answered");
    this.#options.metrics.refused("failed");
    return reply.code(500).send({ reason: "failed", message: "the request could not be answered" });
  }
}
