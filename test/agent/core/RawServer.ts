import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** A server that does with each request whatever a test says, down to the bytes; nothing of it is HTTP by itself. */
export class RawServer {
  /** Path and query of each request, in the order they came. */
  readonly requests: string[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server;
  #closed = 0;

  constructor(answer: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        this.#closed += 1;
      });
      socket.once("data", (data) => {
        this.requests.push(String(data).split(" ")[1] ?? "");
        answer(socket);
      });
    });
  }

  /** Connections that have ended, from either side. */
  get closed(): number {
    return this.#closed;
  }

  /** Resolves with the base URL. */
  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, "close");
  }
}
