import { setTimeout as pass } from "node:timers/promises";
import { eventually } from "../../test/runtime/eventually.ts";
import { Candidate } from "./Candidate.ts";
import type { Contender } from "./Contender.ts";

/** Longer than either election's period of renewal, so that a leader is ended at any moment of it. */
const anyMoment = 5_000;

/** Three candidates for a Lease of their own, each in its process. */
export class CandidateGroup {
  readonly #contender: Contender;
  readonly #place: { readonly kubeconfig: string; readonly lease: string };
  readonly #candidates: Candidate[] = [];
  #made = 0;

  constructor(contender: Contender, place: { readonly kubeconfig: string; readonly lease: string }) {
    this.#contender = contender;
    this.#place = place;
  }

  /** Starts who is missing; resolves once one leads and the others follow it. */
  async fill(): Promise<void> {
    while (this.#candidates.length < 3) {
      const identity = `${this.#place.lease}-${(this.#made += 1)}`;
      this.#candidates.push(new Candidate(this.#contender, { ...this.#place, identity }));
    }
    await eventually(`${this.#place.lease} has a leader that the others follow`, 60_000, () => {
      const leader = this.#leader();
      return leader && this.#candidates.every((other) => other === leader || other.follows(leader));
    });
  }

  /** Ends the leader at a random moment; resolves with the seconds until another one said that it leads. */
  async takeOver(signal: "SIGTERM" | "SIGKILL"): Promise<number> {
    await pass(Math.random() * anyMoment);
    const leader = this.#leader();
    if (!leader) throw new Error(`${this.#place.lease} has lost its leader by itself`);
    this.#candidates.splice(this.#candidates.indexOf(leader), 1);
    const sentAt = performance.now();
    const ended = leader.end(signal);
    const next = await eventually("another one leads", 60_000, () => this.#leader());
    await ended;
    return ((next.ledAt() ?? Infinity) - sentAt) / 1000;
  }

  async close(): Promise<void> {
    await Promise.all(this.#candidates.map((candidate) => candidate.end("SIGTERM")));
  }

  #leader(): Candidate | undefined {
    return this.#candidates.find((candidate) => candidate.ledAt() !== undefined);
  }
}
