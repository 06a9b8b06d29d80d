import type { Readable } from "node:stream";
import type { TlsMaterial } from "./KubeConnection.ts";

export interface TransportRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Must be read to its end or destroyed. */
  readonly body: Readable;
}

/** One server over HTTP. Errors are those of Node; the signal ends the request, its answer's body too. */
export interface Transport {
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResponse>;
  /** A request was not answered in time: see whether what carries it still lives. */
  doubt(): void;
  close(): void;
}

export interface TransportTarget {
  readonly server: URL;
  readonly tls: TlsMaterial;
}
