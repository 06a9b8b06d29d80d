import fastify from "fastify";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Log } from "../../runtime/Log.ts";

export interface ProbeServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Sentences about loops that make no progress; none: alive. */
  readonly liveness: () => readonly string[];
  /** Sentences about what is missing before calls can be served; none: ready. */
  readonly readiness: () => readonly string[];
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly log: Log;
}

function probe(problems: readonly string[], reply: FastifyReply): FastifyReply {
  reply.type("text/plain; charset=utf-8");
  if (problems.length === 0) return reply.send("ok\n");
  return reply.code(503).send(`${problems.join("\n")}\n`);
}

/** HTTP for the kubelet and Prometheus: `/healthz`, `/readyz` (200, or 503 and why), `/metrics`. */
export class ProbeServer {
  readonly #options: ProbeServerOptions;
  readonly #app: FastifyInstance;

  constructor(options: ProbeServerOptions) {
    this.#options = options;
    this.#app = fastify({ bodyLimit: 1024, requestTimeout: 10_000, forceCloseConnections: true });
    this.#app.get("/healthz", (_request, reply) => probe(options.liveness(), reply));
    this.#app.get("/readyz", (_request, reply) => probe(options.readiness(), reply));
    this.#app.get("/metrics", async (_request, reply) => {
      const { contentType, body } = await options.metrics();
      return reply.type(contentType).send(body);
    });
    this.#app.setErrorHandler((error, _request, reply) => {
      options.log.error({ event: "http.failed", err: error }, "a probe or scrape could not be answered");
      return reply.code(500).type("text/plain; charset=utf-8").send("the request could not be answered\n");
    });
  }

  /** Resolves with the port. */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    await this.#app.listen({ host, port });
    const address = this.#app.server.address();
    const bound = typeof address === "object" && address ? address.port : port;
    this.#options.log.info({ event: "http.listening", host, port: bound }, `probes listen on port ${bound}`);
    return bound;
  }

  async close(): Promise<void> {
    await this.#app.close();
  }
}
