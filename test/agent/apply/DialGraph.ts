import type { Peer } from "../../../contract/Peer.ts";
import { planDialing } from "../../../agent/apply/planDialing.ts";

/** Whom every validator of a list plans to dial, as a graph: a connection counts from whichever side it was dialed. */
export class DialGraph {
  /** Indexes into the list, of those whom each dials. */
  readonly dials: readonly (readonly number[])[];
  readonly #neighbours: readonly Int32Array[];
  readonly #queue: Int32Array;

  constructor(peers: readonly Peer[], maxDialed: number) {
    const indexOf = new Map(peers.map((peer, index) => [peer, index]));
    this.dials = peers.map((self, index) => {
      if (self.nodeType === "External") return [];
      const others = [...peers.slice(0, index), ...peers.slice(index + 1)];
      return planDialing({ self, others, maxDialed }).map((peer) => indexOf.get(peer) ?? -1);
    });
    const neighbours = peers.map((): number[] => []);
    for (const [from, dialed] of this.dials.entries())
      for (const to of dialed) {
        neighbours[from]?.push(to);
        neighbours[to]?.push(from);
      }
    this.#neighbours = neighbours.map((list) => Int32Array.from(list));
    this.#queue = new Int32Array(peers.length);
  }

  /** By how many the one that is dialed most is dialed. */
  mostDialed(): number {
    const counts = this.dials.map(() => 0);
    for (const to of this.dials.flat()) counts[to] = (counts[to] ?? 0) + 1;
    return Math.max(0, ...counts);
  }

  /** True when all that are not gone reach one another by way of such. */
  isConnected(gone: ReadonlySet<number> = new Set()): boolean {
    const start = this.dials.findIndex((_, index) => !gone.has(index));
    if (start < 0) return true;
    return this.#reach(start, gone).reached === this.dials.length - gone.size;
  }

  /** Steps from this one to the one farthest from it. */
  eccentricity(from: number): number {
    return this.#reach(from, new Set()).steps;
  }

  /** Steps between the two that are farthest apart. */
  diameter(): number {
    return this.dials.reduce((longest, _, from) => Math.max(longest, this.eccentricity(from)), 0);
  }

  #reach(start: number, gone: ReadonlySet<number>): { readonly reached: number; readonly steps: number } {
    const queue = this.#queue;
    const seen = new Uint8Array(this.dials.length);
    for (const index of gone) seen[index] = 1;
    seen[start] = 1;
    queue[0] = start;
    let reached = 1;
    let steps = -1;
    for (let at = 0; at < reached; steps += 1)
      for (const end = reached; at < end; at += 1)
        for (const to of this.#neighbours[queue[at] ?? -1] ?? []) {
          if (seen[to] !== 0) continue;
          seen[to] = 1;
          queue[reached] = to;
          reached += 1;
        }
    return { reached, steps };
  }
}
