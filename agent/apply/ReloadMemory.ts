import { backoffDelay } from "../../runtime/backoffDelay.ts";
import type { Random } from "../../runtime/Random.ts";

/** What config-reload came to in this start of Core. */
export type ReloadState = "untried" | "accepted" | "unsupported" | "failed";

export interface DialRecord {
  readonly attempts: number;
  /** Milliseconds of the clock's monotonic(). */
  readonly lastAt: number;
  /** Not again before. */
  readonly nextAt: number;
  /** When a look first found it connected, in a row with all looks since; undefined when the last one did not. */
  readonly connectedSince?: number;
}

export interface ReloadRecord {
  readonly state: ReloadState;
  /** The addresses for which Core was last asked to reload, as one text. */
  readonly target: string | undefined;
  readonly attempts: number;
  readonly lastAt: number;
  readonly nextAt: number;
}

const dialRetry = { initial: 5_000, maximum: 600_000 };
const reloadRetry = { initial: 30_000, maximum: 600_000 };
/** Milliseconds for which a connection must have held until its peer counts as one that is well. */
const forgiveAfter = 60_000;
const untried: ReloadRecord = {
  state: "untried",
  target: undefined,
  attempts: 0,
  lastAt: -Infinity,
  nextAt: -Infinity,
};

/**
 * What was tried with Core, so that nothing is tried too often. Forgotten when Core starts anew, as it says itself by
 * `startedOn`; a Core that merely becomes unhealthy and healthy again is the same one.
 */
export class ReloadMemory {
  readonly #random: Random;
  #startedOn: string | undefined;
  #reload = untried;
  readonly #dials = new Map<string, DialRecord>();

  constructor(random: Random) {
    this.#random = random;
  }

  get reload(): ReloadRecord {
    return this.#reload;
  }

  dial(peerString: string): DialRecord | undefined {
    return this.#dials.get(peerString);
  }

  /** Takes note of which start of Core answers; true when it is another than before. */
  see(startedOn: string): boolean {
    if (startedOn === this.#startedOn) return false;
    const first = this.#startedOn === undefined;
    this.#startedOn = startedOn;
    this.#reload = untried;
    this.#dials.clear();
    return !first;
  }

  dialed(peerString: string, now: number): void {
    const attempts = this.#dials.get(peerString)?.attempts ?? 0;
    const nextAt = now + backoffDelay(dialRetry, attempts, this.#random);
    this.#dials.set(peerString, { attempts: attempts + 1, lastAt: now, nextAt });
  }

  reloaded(target: string, state: Exclude<ReloadState, "untried">, now: number): void {
    const attempts = this.#reload.target === target ? this.#reload.attempts : 0;
    const nextAt = now + backoffDelay(reloadRetry, attempts, this.#random);
    this.#reload = { state, target, attempts: attempts + 1, lastAt: now, nextAt };
  }

  /** Forgets the dials of peers that are no longer planned, and of those whose connection has held for a minute. */
  prune(planned: ReadonlySet<string>, authenticated: ReadonlySet<string>, now: number): void {
    for (const [peerString, { attempts, lastAt, nextAt, connectedSince = now }] of this.#dials) {
      const connected = authenticated.has(peerString);
      const held = connected && now - connectedSince >= forgiveAfter;
      if (!planned.has(peerString) || held) this.#dials.delete(peerString);
      else this.#dials.set(peerString, { attempts, lastAt, nextAt, ...(connected && { connectedSince }) });
    }
  }
}
