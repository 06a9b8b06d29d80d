import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { CoreModel } from "./CoreModel.ts";
import type { CoreModelOptions } from "./CoreModel.ts";
import type { FakeAnswer } from "./FakeAnswer.ts";

export interface FakeCoreOptions extends CoreModelOptions {
  /** Of the admin HTTP; 127.0.0.1 unless told otherwise. */
  readonly httpHost?: string;
  /** 0, or nothing: any free one, which stays the same from start to start. */
  readonly httpPort?: number;
}

const maxRequest = 64 * 1024;
const hugeBytes = 100_000_000;
const chunk = "x".repeat(64 * 1024);

function render(answer: Extract<FakeAnswer, { kind: "answer" }>): string {
  const status = { 200: "200 OK", 302: "302 Moved Temporarily", 404: "404 Not Found" }[answer.status];
  const location = answer.location === undefined ? "" : `Location: ${answer.location}\r\n`;
  return (
    `HTTP/1.0 ${status}\r\n${location}Content-Length: ${Buffer.byteLength(answer.body)}\r\n` +
    `Content-Type: ${answer.contentType}\r\n\r\n${answer.body}`
  );
}

/**
 * A fake Core with its admin HTTP: HTTP/1.0, one answer a connection whatever the method, one request at a time, so that
 * a request that hangs holds up all others. While it is stopped nothing listens (ECONNREFUSED).
 */
export class FakeCore {
  readonly model: CoreModel;
  readonly #host: string;
  #port: number;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #hanging = new Set<() => void>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: FakeCoreOptions) {
    this.model = new CoreModel(options);
    this.#host = options.httpHost ?? "127.0.0.1";
    this.#port = options.httpPort ?? 0;
  }

  /** Of the admin HTTP; valid once it was started. */
  get url(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    await this.stop();
    this.model.start();
    const server = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, this.#host, resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** As SIGKILL: connections break, and the peers see it at once. */
  async stop(): Promise<void> {
    if (this.model.running) this.model.stop();
    const server = this.#server;
    this.#server = undefined;
    this.resume();
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Lets go of requests that hang: their connections break, and those that waited behind them are answered. */
  resume(): void {
    for (const release of this.#hanging) release();
    this.#hanging.clear();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    let received = "";
    socket.setEncoding("latin1");
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("data", (part) => {
      received += String(part);
      if (received.length > maxRequest) socket.destroy();
      if (!received.includes("\r\n\r\n")) return;
      socket.removeAllListeners("data");
      const [method = "", target = ""] = received.split(" ", 2);
      this.#last = this.#last.then(() => this.#answer(socket, method, target));
    });
  }

  async #answer(socket: Socket, method: string, target: string): Promise<void> {
    const answer = this.model.answer(method, target);
    if (answer.kind === "hang") {
      await new Promise<void>((resolve) => this.#hanging.add(resolve));
      socket.destroy();
    } else if (answer.kind === "reset") socket.resetAndDestroy();
    else if (answer.kind === "huge") await this.#flood(socket);
    else socket.end(render(answer));
  }

  async #flood(socket: Socket): Promise<void> {
    socket.write("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n");
    for (let sent = 0; sent < hugeBytes && !socket.destroyed; sent += chunk.length) {
      if (socket.write(chunk)) continue;
      await new Promise<void>((resolve) => {
        socket.once("drain", resolve);
        socket.once("close", () => resolve());
      });
    }
    socket.end();
  }
}
