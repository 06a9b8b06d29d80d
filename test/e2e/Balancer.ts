import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * What a Service is to its callers: a port of 127.0.0.1 whose new connections go to one of the backends in turn. A
 * backend that is taken out keeps the connections that it has, as behind kube-proxy.
 */
export class Balancer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #backends: readonly number[] = [];
  #turn = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (client: Socket) => this.#forward(client));
  }

  static async open(): Promise<Balancer> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Balancer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ports of 127.0.0.1. */
  set backends(ports: readonly number[]) {
    this.#backends = ports;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #forward(client: Socket): void {
    const port = this.#backends[(this.#turn += 1) % Math.max(1, this.#backends.length)];
    if (port === undefined) {
      client.destroy();
      return;
    }
    const backend = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [client, backend],
      [backend, client],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
