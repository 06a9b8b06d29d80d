import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../runtime/systemClock.ts";

/**
 * Stands between clients and one server, so that the line can be cut: `cut` breaks every connection and refuses new
 * ones, `hang` keeps them and lets nothing through, `slow` lets every chunk wait, `mend` ends all three. `halfClose`
 * ends one direction of each connection, `lose` lets nothing more through some. Bytes pass unread, TLS stays end to end.
 */
export class TcpProxy {
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #lost = new WeakSet<Socket>();
  #state: "open" | "cut" | "hung" = "open";
  #delay = 0;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async open(target: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(target));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#state = "cut";
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  hang(): void {
    this.#state = "hung";
    for (const socket of this.#sockets) socket.pause();
  }

  slow(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** The sockets that `which` picks say that they have nothing more to say. */
  halfClose(which: () => boolean): void {
    for (const socket of this.#sockets) if (which()) socket.end();
  }

  /** Nothing more gets through the connections whose sockets `which` picks, and neither side is told. */
  lose(which: () => boolean): void {
    for (const socket of this.#sockets) {
      if (!which()) continue;
      this.#lost.add(socket);
      socket.pause();
    }
  }

  mend(): void {
    this.#state = "open";
    this.#delay = 0;
    for (const socket of this.#sockets) if (!this.#lost.has(socket)) socket.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #wait(): Promise<void> {
    if (this.#delay > 0) await systemClock.sleep(this.#delay, new AbortController().signal);
  }

  #accept(client: Socket): void {
    if (this.#state === "cut") {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(this.#target.port), this.#target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(from);
      let before = Promise.resolve();
      from.on("data", (chunk) => {
        const pass = (): void => {
          if (!to.write(chunk)) from.pause();
        };
        // What was held up keeps its place.
        before = before.then(() => this.#wait()).then(pass);
      });
      to.on("drain", () => {
        if (this.#state === "open" && !this.#lost.has(from)) from.resume();
      });
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
    if (this.#state === "hung") {
      client.pause();
      upstream.pause();
    }
  }
}
