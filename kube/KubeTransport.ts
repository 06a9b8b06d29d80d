import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../runtime/Clock.ts";
import { withDeadline } from "../runtime/withDeadline.ts";
import { Http1Transport } from "./Http1Transport.ts";
import { Http2Transport } from "./Http2Transport.ts";
import type { TlsMaterial } from "./KubeConnection.ts";
import { openTls } from "./openTls.ts";
import type { Transport, TransportRequest, TransportResponse } from "./Transport.ts";

interface Line {
  readonly tls: TlsMaterial;
  readonly opening: Promise<Transport>;
  transport?: Transport;
}

/** Milliseconds for TCP and TLS; the deadline of a call is an end to its own wait only. */
const openDeadline = 10_000;

/**
 * The one connection to an API server: HTTP/2 where the server has it, so that all calls and watches share a single
 * TLS handshake. Opened when first needed, again when it died or the material changed; calls under way on an older
 * one come to their end there.
 */
export class KubeTransport {
  readonly #server: URL;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #line: Line | undefined;

  constructor(server: URL, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  async send(request: TransportRequest, tls: TlsMaterial, signal: AbortSignal): Promise<TransportResponse> {
    const transport = await aborting(this.#transport(tls), signal);
    return transport.send(request, signal);
  }

  /** A request was not answered in time. */
  doubt(): void {
    this.#line?.transport?.doubt();
  }

  close(): void {
    this.#closed.abort(new Error("the client was closed"));
    this.#line?.transport?.close();
    this.#line = undefined;
  }

  #transport(tls: TlsMaterial): Promise<Transport> {
    this.#closed.signal.throwIfAborted();
    const line = this.#line;
    if (line && !isDead(line.transport) && isDeepStrictEqual(line.tls, tls)) return line.opening;
    if (line?.transport instanceof Http2Transport) line.transport.retire();
    return this.#open(tls).opening;
  }

  #open(tls: TlsMaterial): Line {
    const opening = withDeadline(this.#clock, openDeadline, this.#closed.signal, async (signal) => {
      const target = { server: this.#server, tls };
      const socket = await openTls(target, signal);
      if (socket.alpnProtocol === "h2") return new Http2Transport(this.#server, socket, this.#clock);
      socket.destroy();
      return new Http1Transport(target);
    });
    const line: Line = { tls, opening };
    this.#line = line;
    opening.then(
      (transport) => (line.transport = transport),
      () => {
        if (this.#line === line) this.#line = undefined;
      },
    );
    return line;
  }
}

function isDead(transport: Transport | undefined): boolean {
  return transport instanceof Http2Transport && transport.closed();
}

function aborting<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
