import type { Clock } from "../runtime/Clock.ts";
import { DeadlineError } from "../runtime/DeadlineError.ts";
import { withDeadline } from "../runtime/withDeadline.ts";
import type { CallOptions } from "./KubeApi.ts";
import type { KubeConnection } from "./KubeConnection.ts";
import { KubeTransport } from "./KubeTransport.ts";
import { readBody } from "./readBody.ts";
import { statusError } from "./statusError.ts";
import type { TransportRequest, TransportResponse } from "./Transport.ts";
import { transportError } from "./transportError.ts";

export interface KubeRequest {
  readonly method: TransportRequest["method"];
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
}

const defaultDeadline = 10_000;
/** Bytes: some ten thousand slices; more is no answer of a server to this project's questions. */
const bodyLimit = 64 * 1024 * 1024;
const refusalLimit = 1024 * 1024;

/** One request to an API server: authenticated, with a deadline, and its failure an ApiError. */
export class KubeHttp {
  readonly #connection: KubeConnection;
  readonly #clock: Clock;
  readonly #transport: KubeTransport;

  constructor(connection: KubeConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#transport = new KubeTransport(connection.server, clock);
  }

  /** The answer's JSON. Rejects with an ApiError, or the signal's reason. */
  async json(request: KubeRequest, options: CallOptions): Promise<unknown> {
    return this.#guard(options, (signal) => this.#exchange(request, signal));
  }

  /**
   * An answer whose body goes on: the deadline is for its beginning; the body ends when `signal` aborts.
   * Rejects like json().
   */
  async stream(
    request: KubeRequest,
    options: CallOptions & { readonly stop: AbortController },
  ): Promise<TransportResponse> {
    const { stop, signal } = options;
    const lasting = AbortSignal.any([signal, stop.signal]);
    return this.#guard(options, async (opening) => {
      opening.addEventListener("abort", () => stop.abort(opening.reason), { once: true });
      const response = await this.#send(request, lasting);
      if (response.status !== 200) throw await this.#refusal(response);
      return response;
    });
  }

  /** What was sent, or is awaited, has met silence: check the connection. */
  doubt(): void {
    this.#transport.doubt();
  }

  /** Ends the connection and all that is under way on it. */
  close(): void {
    this.#transport.close();
  }

  async #guard<T>(options: CallOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, deadline = defaultDeadline } = options;
    try {
      return await withDeadline(this.#clock, deadline, signal, work);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DeadlineError) this.doubt();
      throw transportError(error);
    }
  }

  async #exchange(request: KubeRequest, signal: AbortSignal): Promise<unknown> {
    const response = await this.#send(request, signal, "gzip");
    if (response.status < 200 || response.status > 299) throw await this.#refusal(response);
    return JSON.parse(await readBody(response, bodyLimit)) as unknown;
  }

  async #send(request: KubeRequest, signal: AbortSignal, encoding?: "gzip"): Promise<TransportResponse> {
    const { tls, headers } = await this.#connection.credentials();
    const { method, accept = "application/json", contentType = "application/json", body } = request;
    const message: TransportRequest = {
      method,
      path: pathOf(this.#connection.server, request),
      headers: {
        accept,
        // Watches come plain: a server that packs them (seen on 1.37) may hold an event back to fill a block.
        ...(encoding && { "accept-encoding": encoding }),
        "user-agent": "stellar-peer-discovery",
        ...headers,
        ...(body !== undefined && { "content-type": contentType }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    return this.#transport.send(message, tls, signal);
  }

  async #refusal(response: TransportResponse): Promise<Error> {
    if (response.status === 401) this.#connection.invalidate();
    const body = await readBody(response, refusalLimit);
    return statusError(response.status, body, response.headers["retry-after"]);
  }
}

function pathOf(server: URL, { path, query = {} }: KubeRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== false) search.set(name, String(value));
  }
  const base = server.pathname.replace(/\/$/, "");
  return search.size === 0 ? `${base}${path}` : `${base}${path}?${search.toString()}`;
}
