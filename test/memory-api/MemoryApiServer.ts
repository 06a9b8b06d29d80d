import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { ApiError } from "../../kube/ApiError.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { issueAuthority } from "../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../webhook/tls/issueLeaf.ts";
import { kubeconfigText } from "../e2e/kubeconfigText.ts";
import type { ApiAnswer } from "./ApiAnswer.ts";
import { ApiRoutes } from "./ApiRoutes.ts";
import type { MemoryApi } from "./MemoryApi.ts";
import type { PodProxy } from "./PodProxy.ts";
import { refusals } from "./refusals.ts";
import { statusDocument } from "./statusDocument.ts";

/**
 * A MemoryApi over HTTPS on the loopback interface, by HTTP/2 and 1.1, for clients that know nothing of it: the agent,
 * the webhook, and kubectl's get, describe, create, patch and delete (with `--validate=false`: there is no OpenAPI).
 * Whoever shows the administrator's token or one from createToken may do everything: there is no RBAC.
 */
export class MemoryApiServer {
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  readonly #adminToken: string;
  readonly #server: Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  readonly #api: MemoryApi;
  readonly #routes: ApiRoutes;

  private constructor(options: {
    readonly api: MemoryApi;
    readonly server: Http2SecureServer;
    readonly ca: string;
    readonly proxyPod: PodProxy | undefined;
  }) {
    const { api, server, ca, proxyPod } = options;
    this.#api = api;
    this.#routes = new ApiRoutes(api, proxyPod);
    this.#server = server;
    this.#adminToken = randomBytes(32).toString("base64url");
    this.ca = ca;
    this.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    server.on("request", (request, response) => void this.#serve(request, response));
  }

  /**
   * Resolves once it takes connections, with a certificate of its own that is good for a week. `proxyPod` answers for the
   * HTTP servers of pods; without it that subresource is not served.
   */
  static async start({
    api,
    proxyPod,
  }: {
    readonly api: MemoryApi;
    readonly proxyPod?: PodProxy;
  }): Promise<MemoryApiServer> {
    const now = systemClock.now();
    const authority = await issueAuthority(now);
    const { certificate, privateKey } = await issueLeaf(authority, ["127.0.0.1", "localhost"], now);
    const server = createSecureServer({ cert: certificate, key: privateKey, allowHTTP1: true });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new MemoryApiServer({ api, server, ca: authority.certificate, proxyPod });
  }

  /** The text of a kubeconfig for this user. */
  kubeconfig(_user: "admin"): string {
    return kubeconfigText({ url: this.url, ca: this.ca, token: this.#adminToken });
  }

  /** Ends all connections, also those on which watches are open. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    response.on("error", () => gone.abort());
    try {
      await send(response, await this.#answer(request, gone.signal), gone.signal);
    } catch (error) {
      if (gone.signal.aborted) return;
      const refusal = error instanceof ApiError ? error : refusals.internal(String(error));
      sendDocument(response, refusal.status, statusDocument(refusal), refusal.retryAfter);
    }
  }

  async #answer(request: Http2ServerRequest, signal: AbortSignal): Promise<ApiAnswer> {
    const { method, headers, url } = request;
    const body = await text(request);
    if (!this.#knows(headers.authorization ?? "")) throw refusals.unauthorized();
    return this.#routes.answer({ method, headers, url: new URL(url, this.url), body, signal });
  }

  #knows(authorization: string): boolean {
    const [, token = ""] = /^Bearer (.+)$/.exec(authorization) ?? [];
    return token === this.#adminToken || this.#api.authenticate(token) !== undefined;
  }
}

async function send(response: Http2ServerResponse, answer: ApiAnswer, signal: AbortSignal): Promise<void> {
  if ("document" in answer) {
    sendDocument(response, answer.status, answer.document);
    return;
  }
  response.writeHead(answer.status, { "content-type": "application/json" });
  // Its types leave out that it has this too.
  (response as Http2ServerResponse & { flushHeaders(): void }).flushHeaders();
  for await (const line of answer.lines) if (!signal.aborted) response.write(`${line}\n`);
  response.end();
}

function sendDocument(
  response: Http2ServerResponse,
  status: number,
  document: unknown,
  retryAfter?: number,
): void {
  const wait = retryAfter === undefined ? {} : { "retry-after": String(Math.ceil(retryAfter / 1000)) };
  const plain = typeof document === "string";
  response.writeHead(status, { "content-type": plain ? "text/plain" : "application/json", ...wait });
  response.end(plain ? document : JSON.stringify(document));
}
