import { connect, constants } from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from "node:http2";
import type { TLSSocket } from "node:tls";
import type { Clock } from "../runtime/Clock.ts";
import type { Transport, TransportRequest, TransportResponse } from "./Transport.ts";

/** Milliseconds between pings, and until one counts as lost: a dead connection is gone after 15 s at most. */
const pingInterval = 10_000;
const pingTimeout = 5_000;

/**
 * One HTTP/2 connection over a socket that has agreed on it. It pings as long as it is open, and closes when a ping
 * is lost. Once `closed()`, it takes no more requests; those under way end by themselves unless the connection died.
 */
export class Http2Transport implements Transport {
  readonly #session: ClientHttp2Session;
  readonly #authority: string;
  readonly #clock: Clock;
  readonly #ended = new AbortController();
  #leaving = false;

  constructor(server: URL, socket: TLSSocket, clock: Clock) {
    this.#clock = clock;
    this.#authority = server.host;
    this.#session = connect(server, { createConnection: () => socket, settings: { enablePush: false } });
    this.#session.on("error", () => this.#end());
    this.#session.on("close", () => this.#end());
    this.#session.on("goaway", () => (this.#leaving = true));
    void this.#pingOn();
  }

  closed(): boolean {
    return this.#leaving || this.#session.closed || this.#session.destroyed;
  }

  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse> {
    const { method, path, headers, body } = request;
    return new Promise((resolve, reject) => {
      const stream = this.#session.request(
        { ":method": method, ":path": path, ":scheme": "https", ":authority": this.#authority, ...headers },
        { endStream: body === undefined, signal },
      );
      stream.on("error", reject);
      stream.on("close", () => reject(new Error("the stream was closed without an answer")));
      stream.on("response", (answer) => resolve(responseOf(answer, stream)));
      if (body !== undefined) stream.end(body);
    });
  }

  doubt(): void {
    void this.#ping();
  }

  /** Lets nothing new begin, and leaves once all has ended. */
  retire(): void {
    this.#leaving = true;
    this.#session.close();
  }

  close(): void {
    this.#leaving = true;
    this.#session.destroy();
  }

  #end(): void {
    this.#leaving = true;
    this.#ended.abort();
  }

  async #pingOn(): Promise<void> {
    try {
      for (;;) {
        await this.#clock.sleep(pingInterval, this.#ended.signal);
        await this.#ping();
      }
    } catch {
      // Ended: there is nothing more to watch over.
    }
  }

  async #ping(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    const answered = new AbortController();
    const either = AbortSignal.any([answered.signal, this.#ended.signal]);
    try {
      this.#session.ping((error) => (error ? undefined : answered.abort()));
      await this.#clock.sleep(pingTimeout, either);
      this.#session.destroy(new Error("the connection no longer answers"), constants.NGHTTP2_CANCEL);
    } catch {
      // Answered, or the connection has ended anyway.
    }
  }
}

function responseOf(headers: IncomingHttpHeaders, stream: ClientHttp2Stream): TransportResponse {
  return { status: Number(headers[":status"] ?? 0), headers, body: stream };
}
