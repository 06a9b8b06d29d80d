import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { type HttpAnswer, readAnswer } from "./readAnswer.ts";

export interface LoadTarget {
  readonly port: number;
  readonly path: string;
  /** PEM. */
  readonly ca: string;
}

/** One connection over TLS that is kept alive, with one call under way at a time. */
export class LoadConnection {
  readonly #socket: TLSSocket;
  readonly #request: Buffer;
  #seen: Buffer | undefined;
  #settle: ((answer: HttpAnswer) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  private constructor(socket: TLSSocket, request: Buffer) {
    this.#socket = socket;
    this.#request = request;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", (error) => this.#fail?.(error));
    socket.on("close", () => this.#fail?.(new Error("the server closed a connection")));
  }

  static async open({ port, path, ca }: LoadTarget, body: Buffer): Promise<LoadConnection> {
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      "Accept: application/json",
    ].join("\r\n");
    const socket = connect({ host: "127.0.0.1", port, ca });
    await once(socket, "secureConnect");
    return new LoadConnection(socket, Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]));
  }

  /** Rejects when the connection ends, or the answer can't be read. */
  async call(): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#seen = this.#seen ? Buffer.concat([this.#seen, chunk]) : chunk;
    try {
      const answer = readAnswer(this.#seen);
      if (!answer) return;
      this.#seen = undefined;
      this.#settle?.(answer);
    } catch (error) {
      this.#fail?.(error as Error);
    }
  }
}
