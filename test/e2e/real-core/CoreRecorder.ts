import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { CoreRequest } from "../StageCore.ts";

interface Info {
  readonly info?: {
    readonly state?: string;
    readonly ledger?: { readonly age?: number };
    readonly peers?: { readonly authenticated_count?: number };
  };
}

/** Milliseconds that Core may take; the agent's own deadline is shorter. */
const patience = 10_000;

/**
 * Stands between an agent and its Core's admin HTTP, hands everything through, and keeps what the agent asked Core to
 * do, with how Core was then. A connection is asked for in vain, with an error in Core's log, when the last `/peers` that
 * the agent saw had that peer.
 */
export class CoreRecorder {
  readonly requests: CoreRequest[] = [];
  readonly #port: number;
  readonly #core: string;
  #server: Server | undefined;
  #lastPeers = "";

  /** `port`: of 127.0.0.1, where the agent asks; `corePort`: where Core answers. */
  constructor(port: number, corePort: number) {
    this.#port = port;
    this.#core = `http://127.0.0.1:${corePort}`;
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      // As Core that went away in the middle of an answer.
      this.#handle(request, response).catch(() => response.destroy());
    });
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
  }

  /** Nobody listens from then on, as with Core stopped. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "/";
    await this.#record(target);
    const answer = await this.#ask(target);
    const body = await answer.text();
    if (target.startsWith("/peers")) this.#lastPeers = body;
    response.writeHead(answer.status, {
      "content-type": answer.headers.get("content-type") ?? "text/plain",
      connection: "close",
    });
    response.end(body);
  }

  async #record(target: string): Promise<void> {
    const { pathname, searchParams } = new URL(target, this.#core);
    if (pathname === "/connect") {
      const peer = `"${searchParams.get("peer")}:${searchParams.get("port")}"`;
      const complaint = this.#lastPeers.includes(peer) ? { complaint: `${peer} was connected` } : {};
      this.requests.push({ target, state: "", ledgerAge: NaN, authenticatedPeers: NaN, ...complaint });
    } else if (target.includes("config-reload")) {
      const { info } = (await (await this.#ask("/info")).json()) as Info;
      this.requests.push({
        target,
        state: info?.state ?? "",
        ledgerAge: info?.ledger?.age ?? Infinity,
        authenticatedPeers: info?.peers?.authenticated_count ?? 0,
      });
    }
  }

  async #ask(target: string): Promise<Response> {
    return fetch(this.#core + target, { signal: AbortSignal.timeout(patience), redirect: "manual" });
  }
}
