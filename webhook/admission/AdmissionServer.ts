import type { Server } from "node:https";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readBody } from "./readBody.ts";
import { ReviewHandler } from "./ReviewHandler.ts";
import type { ReviewAnswer, ReviewHandlerOptions } from "./ReviewHandler.ts";

/** PEM. */
export interface ServingCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface AdmissionServerOptions extends ReviewHandlerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
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
 * pod; other requests get a 4xx that says why. Serves nobody until it has a certificate.
 */
export class AdmissionServer {
  readonly #options: AdmissionServerOptions;
  readonly #handler: ReviewHandler;
  readonly #app: App;
  #draining = false;

  constructor(options: AdmissionServerOptions) {
    this.#options = options;
    this.#handler = new ReviewHandler(options);
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
      send(reply, this.#mutate(request.body as Buffer | "too-large" | undefined)),
    );
    app.setNotFoundHandler((request, reply) =>
      request.url === "/mutate"
        ? send(
            reply.header("allow", "POST"),
            this.#handler.refuse("wrong-method", `${request.method} is not POST`),
          )
        : send(reply, this.#handler.refuse("not-found", "there is nothing but /mutate")),
    );
    app.setErrorHandler((error, _request, reply) => this.#fail(error, reply));
    return app;
  }

  #mutate(body: Buffer | "too-large" | undefined): ReviewAnswer {
    return body === "too-large"
      ? this.#handler.refuse("too-large", `the body has more than ${bodyLimit} bytes`)
      : this.#handler.answer(body);
  }

  #fail(error: unknown, reply: FastifyReply): FastifyReply {
    const status = (error as { statusCode?: unknown }).statusCode;
    if (status === 415)
      return send(
        reply,
        this.#handler.refuse("wrong-content-type", "the content type is not application/json"),
      );
    this.#options.log.error({ event: "http.failed", err: error }, "a request could not be answered");
    this.#options.metrics.refused("failed");
    return reply.code(500).send({ reason: "failed", message: "the request could not be answered" });
  }
}

function send(reply: FastifyReply, { status, body }: ReviewAnswer): FastifyReply {
  return reply.code(status).send(body);
}
