import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Registry } from "prom-client";
import type { Heartbeat } from "../../runtime/Heartbeat.ts";
import type { Log } from "../../runtime/Log.ts";

export interface AgentHttpServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly log: Log;
  readonly registry: Registry;
  /** The loops that have to make progress. */
  readonly heartbeats: readonly Heartbeat[];
  /** True once everything is wired; an outage elsewhere never takes that back. */
  readonly started: () => boolean;
  /** Plain data for `/status`. */
  readonly status: () => unknown;
}

const paths = ["/healthz", "/readyz", "/metrics", "/status"];

/** Milliseconds for a whole request to come in: probes and scrapes are short, and sockets are not free. */
const requestTimeout = 5_000;

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: "not found", paths });
}

function refuseWriting({ method, url }: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (method === "GET" || method === "HEAD") return undefined;
  const [path = ""] = url.split("?");
  if (!paths.includes(path)) return notFound(reply);
  return reply.code(405).header("allow", "GET, HEAD").send({ error: "method not allowed" });
}

/**
 * The agent's own HTTP: `/healthz` (the loops make progress, whatever the API or Core do), `/readyz`, `/metrics`,
 * `/status`. Read-only; it shows addresses of validators and nothing secret.
 */
export class AgentHttpServer {
  readonly #options: AgentHttpServerOptions;
  readonly #server: FastifyInstance;

  constructor(options: AgentHttpServerOptions) {
    this.#options = options;
    this.#server = fastify({ logger: false, bodyLimit: 1024, requestTimeout, forceCloseConnections: true });
    this.#server.get("/healthz", (_request, reply) => this.#health(reply));
    this.#server.get("/readyz", (_request, reply) => this.#ready(reply));
    this.#server.get("/metrics", (_request, reply) => this.#metrics(reply));
    this.#server.get("/status", (_request, reply) => this.#status(reply));
    // Before a body is read, which would be refused in ways of its own.
    this.#server.addHook("onRequest", async (request, reply) => refuseWriting(request, reply));
    this.#server.setNotFoundHandler((_request, reply) => notFound(reply));
    this.#server.setErrorHandler((error, request, reply) => {
      options.log.error(
        { event: "http.failed", err: error, path: request.url },
        "a request could not be answered",
      );
      return reply.code(500).send({ error: "internal error" });
    });
  }

  /** Resolves with the port once requests are accepted; rejects when the address can't be used. */
  async listen(): Promise<number> {
    const { host, port, log } = this.#options;
    const address = await this.#server.listen({ host, port });
    const actual = Number(new URL(address).port);
    log.info(
      { event: "http.listening", host, port: actual },
      `health, metrics and status on ${host}:${actual}`,
    );
    return actual;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await this.#server.close();
  }

  #health(reply: FastifyReply): FastifyReply {
    const overdue = this.#options.heartbeats
      .map((heartbeat) => ({ name: heartbeat.name, milliseconds: heartbeat.overdue() }))
      .filter(({ milliseconds }) => milliseconds > 0);
    if (overdue.length === 0) return reply.type("text/plain").send("ok\n");
    const lines = overdue.map(
      ({ name, milliseconds }) => `the ${name} loop is overdue by ${Math.ceil(milliseconds / 1000)} s\n`,
    );
    return reply.code(503).type("text/plain").send(lines.join(""));
  }

  #ready(reply: FastifyReply): FastifyReply {
    if (this.#options.started()) return reply.type("text/plain").send("ok\n");
    return reply.code(503).type("text/plain").send("starting\n");
  }

  async #metrics(reply: FastifyReply): Promise<FastifyReply> {
    const { registry } = this.#options;
    return reply.type(registry.contentType).send(await registry.metrics());
  }

  #status(reply: FastifyReply): FastifyReply {
    const body = `${JSON.stringify(this.#options.status(), undefined, 2)}\n`;
    return reply.type("application/json; charset=utf-8").send(body);
  }
}
