import { once } from "node:events";
import { createSecureServer } from "node:http2";
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { Agent, request as startRequest } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { systemClock } from "../../../runtime/systemClock.ts";
import { issueAuthority } from "../../../webhook/tls/issueAuthority.ts";
import { issueLeaf } from "../../../webhook/tls/issueLeaf.ts";

export interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorization: string | undefined;
}

/** What befalls a request instead of being passed on. */
export type Fault =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** The body is sent, and the answer never ends. */
      readonly open?: boolean;
    }
  /** No answer ever. */
  | "hang"
  /** Its connection breaks. */
  | "reset";

interface Certificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const hopHeaders = new Set(["connection", "keep-alive", "transfer-encoding", "host"]);

/**
 * Stands before a real API server, ends the clients' TLS with a certificate of its own, and passes each request on
 * unless `fault` has something else in store for it.
 */
export class FaultyProxy {
  /** TLS handshakes that came to their end. */
  handshakes = 0;
  readonly requests: ProxiedRequest[] = [];
  fault: (request: ProxiedRequest) => Fault | undefined = () => undefined;
  #certificate: Certificate;
  readonly #server: Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  readonly #target: { readonly url: string; readonly agent: Agent };

  private constructor(
    target: { readonly url: string; readonly ca: string },
    certificate: Certificate,
    http1: boolean,
  ) {
    this.#target = { url: target.url, agent: new Agent({ ca: target.ca, keepAlive: true }) };
    this.#certificate = certificate;
    const { cert, key } = certificate;
    this.#server = createSecureServer({
      cert,
      key,
      allowHTTP1: true,
      ALPNProtocols: http1 ? ["http/1.1"] : ["h2", "http/1.1"],
    });
    this.#server.on("secureConnection", () => (this.handshakes += 1));
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("request", (request, response) => this.#serve(request, response));
  }

  /** `http1`: it speaks nothing newer. */
  static async open(
    target: { readonly url: string; readonly ca: string },
    { http1 = false }: { readonly http1?: boolean } = {},
  ): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, await issueCertificate(), http1);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** PEM of the authority that its certificate is from. */
  get ca(): string {
    return this.#certificate.ca;
  }

  /** Another authority and certificate, for connections to come. */
  async renewAuthority(): Promise<void> {
    this.#certificate = await issueCertificate();
    const { cert, key } = this.#certificate;
    this.#server.setSecureContext({ cert, key });
  }

  /** Breaks every connection; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#target.agent.destroy();
    await closed;
  }

  #serve(request: Http2ServerRequest, response: Http2ServerResponse): void {
    const { method, url: path, headers } = request;
    const proxied = { method, path, authorization: headers.authorization };
    this.requests.push(proxied);
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    const fault = this.fault(proxied);
    if (fault === undefined) this.#pass(request, response);
    else if (fault === "reset") request.socket.destroy();
    else if (fault !== "hang") answer(response, fault);
  }

  #pass(request: Http2ServerRequest, response: Http2ServerResponse): void {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !name.startsWith(":") && !hopHeaders.has(name)),
    );
    const target = new URL(request.url, this.#target.url);
    const outgoing = startRequest(target, { method: request.method, headers, agent: this.#target.agent });
    outgoing.on("response", (incoming) => {
      for (const [name, value] of Object.entries(incoming.headers))
        if (value !== undefined && !hopHeaders.has(name)) response.setHeader(name, value);
      response.writeHead(incoming.statusCode ?? 502);
      incoming.on("error", () => response.stream?.close());
      incoming.pipe(response);
    });
    outgoing.on("error", () => response.stream?.close());
    response.on("close", () => outgoing.destroy());
    request.pipe(outgoing);
  }
}

function answer(
  response: Http2ServerResponse,
  { status, headers = {}, body = "", open }: Exclude<Fault, string>,
): void {
  response.writeHead(status, { ...headers });
  if (!open) {
    response.end(body);
    return;
  }
  if (body !== "") response.write(body);
}

async function issueCertificate(): Promise<Certificate> {
  const now = systemClock.now();
  const authority = await issueAuthority(now);
  const { certificate, privateKey } = await issueLeaf(authority, ["127.0.0.1"], now);
  return { ca: authority.certificate, cert: certificate, key: privateKey };
}
