import type { IncomingMessage } from "node:http";
import { Agent, request as startRequest } from "node:https";
import type { Transport, TransportRequest, TransportResponse, TransportTarget } from "./Transport.ts";

/** HTTP/1.1 with kept connections, for servers (and proxies in front of them) that speak nothing newer. */
export class Http1Transport implements Transport {
  readonly #target: TransportTarget;
  #agent: Agent;

  constructor(target: TransportTarget) {
    this.#target = target;
    this.#agent = newAgent(target);
  }

  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    const { method, path, headers, body } = request;
    const { server } = this.#target;
    return new Promise((resolve, reject) => {
      const outgoing = startRequest(
        { host: hostOf(server), port: server.port || 443, agent: this.#agent, method, path, headers, signal },
        (incoming: IncomingMessage) => {
          // Whoever reads the body sees its error; one that comes when nobody does must not end the process.
          incoming.on("error", () => undefined);
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  /** The connection that gave no answer goes with its request; those at rest may be as dead. */
  doubt(): void {
    const doubted = this.#agent;
    this.#agent = newAgent(this.#target);
    for (const sockets of Object.values(doubted.freeSockets)) sockets?.forEach((socket) => socket.destroy());
  }

  close(): void {
    this.#agent.destroy();
  }
}

function newAgent({ tls }: TransportTarget): Agent {
  return new Agent({ ...tls, keepAlive: true, keepAliveMsecs: 30_000, maxSockets: 16, maxFreeSockets: 2 });
}

function hostOf(server: URL): string {
  return server.hostname.replace(/^\[|\]$/g, "");
}
