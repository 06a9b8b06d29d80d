import type { Peer } from "../../contract/Peer.ts";
import { hashText } from "./hashText.ts";
import { pairScore } from "./pairScore.ts";
import { takeFirst } from "./takeFirst.ts";

export interface DialingInput {
  /** The agent's own entry. */
  readonly self: Pick<Peer, "namespace" | "name">;
  /** All others of its network. */
  readonly others: readonly Peer[];
  /** Core's outbound slots: 8 (TARGET_PEER_CONNECTIONS, 27.1); it drops what it dials beyond. */
  readonly maxDialed: number;
}

interface Candidate {
  readonly peer: Peer;
  readonly hash: number;
}

/** Up to here everybody may be dialed by everybody and nobody by more than 40. */
const smallNetwork = 41;
/** Dialed by each in a larger one; see planDialing. */
const maxSparse = 12;

function keyOf(peer: Pick<Peer, "namespace" | "name">): string {
  return `${peer.namespace}/${peer.name}`;
}

function hashOf({ namespace, name }: Pick<Peer, "namespace" | "name">): number {
  return hashText(name, hashText(namespace));
}

/** So that equal hashes change nothing but who of the two is first. */
function compareKeys({ peer: a }: Candidate, { peer: b }: Candidate): number {
  const [keyA, keyB] = [`${keyOf(a)} ${a.peerString}`, `${keyOf(b)} ${b.peerString}`];
  return keyA < keyB ? -1 : 1;
}

/** The next on the ring of hashes, clockwise. Static peers run no agent and so are not on it: nobody dials on from them. */
function successor(self: number, ownKey: string, candidates: readonly Candidate[]): Candidate | undefined {
  const onRing = candidates.filter(({ peer }) => peer.nodeType !== "External");
  const distance = ({ hash, peer }: Candidate): number =>
    hash === self ? (keyOf(peer) > ownKey ? 0 : 2 ** 32) : (hash - self) >>> 0;
  return takeFirst(onRing, 1, distance, compareKeys)[0];
}

/**
 * Whom this validator dials. Up to `maxDialed` others: all of them. Above, and above 12 in a network of more than 41, a
 * choice that each makes for itself from the list alone, and that fits with what the others choose:
 *
 * - the **next on a ring** on which everybody's place is the hash of their name. Each dials the next: so the whole is
 *   one circle, certainly connected while nobody fails;
 * - the rest by **rendezvous hashing**: of all others, those with the highest score of the pair (self, other). That is a
 *   random graph in which each draws `maxDialed - 1` others, with about 2 x 8 connections each: its diameter is near
 *   log N / log 16, 4 or 5 at 10,000; when a random tenth is gone, somebody is left with no neighbour with a
 *   probability near N x 0.1^16. Whom one is dialed by follows a Poisson distribution of mean `maxDialed - 1`: above
 *   40 at most once in 10^12 for a mean of 11, hence the limit of 12 in a network of more than 41.
 * - **One comes or goes**: its predecessor on the ring and those who draw it change, about as many as it has
 *   connections. Positions in the sorted list would move for everybody behind it. Names, not addresses, are hashed: a
 *   pod that comes back elsewhere changes nobody's choice.
 *
 * Everyone dialing everyone is N - 1 dials each, of which Core keeps 8, in an order of chance. Everyone dialing the
 * first eight of the list puts N connections on eight validators, who accept 64 each, and leaves the rest alone.
 * With `maxDialed` 1 only the ring is left, whose diameter is N / 2.
 */
export function planDialing({ self, others, maxDialed }: DialingInput): readonly Peer[] {
  const limit = others.length < smallNetwork ? maxDialed : Math.min(maxDialed, maxSparse);
  if (others.length <= limit) return others;
  const ownHash = hashOf(self);
  const candidates = others.map((peer): Candidate => ({ peer, hash: hashOf(peer) }));
  const next = successor(ownHash, keyOf(self), candidates);
  const score = ({ hash }: Candidate): number => pairScore(ownHash, hash);
  const drawn = takeFirst(candidates, limit, (candidate) => -score(candidate), compareKeys);
  if (!next) return drawn.map(({ peer }) => peer);
  const rest = drawn.filter((candidate) => candidate !== next).slice(0, limit - 1);
  return [next, ...rest].map(({ peer }) => peer);
}
