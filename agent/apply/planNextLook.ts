import type { Step } from "./decideStep.ts";
import type { PeerStatus } from "./describePeers.ts";

export interface NextLookInput {
  readonly step: Step;
  /** Why Core is not touched, or that it is isolated; undefined when all is well. */
  readonly waitingFor: string | undefined;
  /** Looks in a row that waited for the same. */
  readonly streak: number;
  readonly peers: readonly PeerStatus[];
  /** Milliseconds since Core was last asked for something. */
  readonly sinceAction: number;
}

const pace = 100;
const steady = 30_000;
const waiting = 5_000;
const proving = 2_000;
/** Looks for the same thing before they become fewer: a minute, in which most Cores are well again. */
const patient = 12;

function waitDelay(streak: number): number {
  return Math.min(steady, waiting * 1.5 ** Math.max(0, streak - patient));
}

/** Milliseconds after which a handshake that was asked for has come to an end: 0.2 s (recorded), and a little. */
const handshake = 225;

/** Milliseconds to the next look for a handshake that was asked for: when it should be over, and then again and again. */
function settleDelay(sinceAction: number): number {
  if (sinceAction < handshake) return Math.max(pace, handshake - sinceAction);
  if (sinceAction < 2_000) return pace;
  return sinceAction < 10_000 ? 1_000 : waiting;
}

/**
 * Milliseconds until Core is looked at again when nothing happens before: 0.1 s after each step, and when a handshake
 * that is under way should be over; every 5 s for a minute and then more slowly, up to 30 s, while it waits for Core;
 * else 30 s, or when a retry is due.
 */
export function planNextLook(input: NextLookInput): number {
  const { step, waitingFor, streak, peers, sinceAction } = input;
  if (step.do !== "nothing") return pace;
  const settling = peers.some(({ planned, state }) => planned && (state === "asked" || state === "pending"));
  const delays = [steady, step.dueIn];
  if (settling) delays.push(settleDelay(sinceAction));
  if (waitingFor !== undefined) delays.push(waitingFor === "proving" ? proving : waitDelay(streak));
  return Math.max(pace, Math.min(...delays));
}
