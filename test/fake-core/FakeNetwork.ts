import type { CoreModel } from "./CoreModel.ts";

export interface FakeConnection {
  readonly other: CoreModel;
  readonly direction: "inbound" | "outbound";
  readonly authenticated: boolean;
  /** Milliseconds of the clock's monotonic(). */
  readonly authenticatedAt: number;
}

interface Link {
  readonly from: CoreModel;
  readonly to: CoreModel;
  readonly authenticatedAt: number;
}

const handshake = 200;
const reconnectAfterStart = 2_200;
const reconnectAfterDrop = 3_000;
const defaultOutboundSlots = 8;

/**
 * The wires between fake Cores: who is connected to whom. A connection comes up 200 ms after it was asked for, when
 * the other runs, has the same passphrase and can be reached; each Core remembers whom it was connected to, and
 * they find each other again 2.2 s after a start of either (recorded: 2 to 6 s).
 */
export class FakeNetwork {
  readonly #cores = new Map<string, CoreModel>();
  readonly #cut = new Set<CoreModel>();
  readonly #known = new Map<CoreModel, Set<CoreModel>>();
  readonly #banned = new Map<CoreModel, Set<CoreModel>>();
  #links: Link[] = [];

  add(core: CoreModel): void {
    this.#cores.set(core.options.address, core);
  }

  /** Takes the Core off the network for good, as a suspended pod. */
  remove(core: CoreModel): void {
    this.#cores.delete(core.options.address);
    this.#drop(core);
  }

  /** Asks for a connection; nothing tells whether it comes. */
  connect(from: CoreModel, address: string): void {
    const to = this.#cores.get(address);
    if (!to || to === from) return;
    this.#remember(from, to);
    this.#link(from, to, handshake);
  }

  connectionsOf(core: CoreModel): readonly FakeConnection[] {
    const now = core.options.clock.monotonic();
    return this.#links
      .filter(({ from, to }) => from === core || to === core)
      .map(({ from, to, authenticatedAt }) => ({
        other: from === core ? to : from,
        direction: from === core ? "outbound" : "inbound",
        authenticated: authenticatedAt <= now,
        authenticatedAt,
      }));
  }

  /** Breaks the Core's connections and keeps new ones from coming, until healed. */
  cut(core: CoreModel): void {
    this.#cut.add(core);
    this.#drop(core);
  }

  heal(core: CoreModel): void {
    this.#cut.delete(core);
    this.started(core);
  }

  /** Ends one connection; both come back for each other, unless banned. */
  disconnect(a: CoreModel, b: CoreModel, ban: boolean): void {
    this.#remove((link) => (link.from === a && link.to === b) || (link.from === b && link.to === a));
    if (ban) this.#banned.set(a, (this.#banned.get(a) ?? new Set()).add(b));
    this.#link(a, b, reconnectAfterDrop);
  }

  /** The Core loses its peers, those that it is connected to and those that it knew, and they it. */
  forget(core: CoreModel): void {
    this.#drop(core);
    this.#known.delete(core);
    for (const known of this.#known.values()) known.delete(core);
  }

  started(core: CoreModel): void {
    for (const other of this.#cores.values()) {
      if (this.#known.get(core)?.has(other)) this.#link(core, other, reconnectAfterStart);
      else if (this.#known.get(other)?.has(core)) this.#link(other, core, reconnectAfterStart);
    }
  }

  stopped(core: CoreModel): void {
    this.#drop(core);
  }

  #link(from: CoreModel, to: CoreModel, delay: number): void {
    const reachable = from.running && to.running && !this.#cut.has(from) && !this.#cut.has(to);
    const banned = this.#banned.get(from)?.has(to) === true || this.#banned.get(to)?.has(from) === true;
    if (!reachable || banned || from.passphrase !== to.passphrase) return;
    const connections = this.connectionsOf(from);
    if (connections.some(({ other }) => other === to)) return;
    const outbound = connections.filter(({ direction }) => direction === "outbound").length;
    if (outbound >= (from.options.outboundSlots ?? defaultOutboundSlots)) return;
    from.settle();
    to.settle();
    this.#remember(from, to);
    this.#remember(to, from);
    this.#links.push({ from, to, authenticatedAt: from.options.clock.monotonic() + delay });
  }

  #remember(core: CoreModel, other: CoreModel): void {
    this.#known.set(core, (this.#known.get(core) ?? new Set()).add(other));
  }

  #drop(core: CoreModel): void {
    this.#remove(({ from, to }) => from === core || to === core);
  }

  #remove(which: (link: Link) => boolean): void {
    for (const link of this.#links.filter(which)) {
      link.from.settle();
      link.to.settle();
    }
    this.#links = this.#links.filter((link) => !which(link));
  }
}
