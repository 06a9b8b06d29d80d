import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../../runtime/Clock.ts";
import { CoreModel } from "../../fake-core/CoreModel.ts";
import { FakeNetwork, type FakeConnection } from "../../fake-core/FakeNetwork.ts";

interface Greeting {
  readonly name: string;
  readonly passphrase: string;
  /** Where it listens for peers. */
  readonly port: number;
}

interface Link extends FakeConnection {
  readonly socket: Socket;
}

const redialAfter = 3_000;
const maxRedials = 10;

/**
 * The wires of one fake Core to fake Cores in other pods: a TCP connection a peer, on which both sides greet. What
 * `/peers` then shows is what the cluster's network really carries. A peer that was lost is dialed again, 3 s apart.
 */
export class TcpNetwork extends FakeNetwork {
  readonly #clock: Clock;
  readonly #port: number;
  readonly #links = new Set<Link>();
  readonly #dialing = new Set<string>();
  #own: CoreModel | undefined;

  constructor(clock: Clock, port: number) {
    super();
    this.#clock = clock;
    this.#port = port;
  }

  override add(core: CoreModel): void {
    this.#own = core;
  }

  /** Accepts peers, on all addresses of the pod unless told otherwise. */
  async listen(host = "0.0.0.0"): Promise<Server> {
    const server = createServer((socket) => this.#greet(socket, "inbound"));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, host, resolve);
    });
    return server;
  }

  override connect(_from: CoreModel, address: string): void {
    if (this.#isLinked(address) || this.#dialing.has(address)) return;
    this.#dialing.add(address);
    void this.#dial(address).finally(() => this.#dialing.delete(address));
  }

  override connectionsOf(core: CoreModel): readonly FakeConnection[] {
    return core === this.#own ? [...this.#links] : [];
  }

  override started(): void {
    // Nobody is known before the first /connect: a pod's file system is gone with it.
  }

  override stopped(): void {
    for (const { socket } of this.#links) socket.destroy();
  }

  override disconnect(_own: CoreModel, other: CoreModel): void {
    for (const link of this.#links) if (link.other === other) link.socket.destroy();
  }

  async #dial(address: string): Promise<void> {
    for (let redials = 0; redials <= maxRedials; redials += 1) {
      if (redials > 0) await delay(redialAfter, undefined, { ref: false });
      if (this.#isLinked(address)) return;
      const [host = "", port = ""] = address.split(":");
      const socket = connect({ host, port: Number(port), timeout: redialAfter });
      socket.once("timeout", () => socket.destroy());
      socket.once("connect", () => socket.setTimeout(0));
      this.#greet(socket, "outbound");
      await new Promise((resolve) => socket.once("close", resolve));
    }
  }

  #greet(socket: Socket, direction: Link["direction"]): void {
    const own = this.#own;
    if (!own) {
      socket.destroy();
      return;
    }
    const greeting: Greeting = { name: own.options.name, passphrase: own.passphrase, port: this.#port };
    socket.setKeepAlive(true, 1_000);
    socket.on("error", () => undefined);
    socket.write(`${JSON.stringify(greeting)}\n`);
    createInterface({ input: socket }).once("line", (line) => this.#welcome(own, socket, direction, line));
  }

  #welcome(own: CoreModel, socket: Socket, direction: Link["direction"], line: string): void {
    const greeting = JSON.parse(line) as Greeting;
    const host = (socket.remoteAddress ?? "").replace("::ffff:", "");
    const address = `${host}:${greeting.port}`;
    const before = [...this.#links].find(({ other }) => other.options.address === address);
    const byLower = (direction === "outbound") === own.options.address < address;
    if (greeting.passphrase !== own.passphrase || (before && !byLower)) {
      socket.destroy();
      return;
    }
    // Both dialed at once: both keep the connection that the lower address made.
    before?.socket.destroy();
    const { name, passphrase } = greeting;
    const other = new CoreModel({
      clock: this.#clock,
      network: new FakeNetwork(),
      name,
      address,
      passphrase,
    });
    own.settle();
    const link: Link = {
      other,
      direction,
      authenticated: true,
      authenticatedAt: this.#clock.monotonic(),
      socket,
    };
    this.#links.add(link);
    socket.once("close", () => {
      own.settle();
      this.#links.delete(link);
    });
  }

  #isLinked(address: string): boolean {
    return [...this.#links].some(({ other }) => other.options.address === address);
  }
}
