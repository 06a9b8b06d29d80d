import { formatRevision } from "../../contract/formatRevision.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import type { Peer } from "../../contract/Peer.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { Revision } from "../../contract/Revision.ts";
import type { StoredDocument } from "./StoredDocument.ts";

export type WithholdReason = "epoch-behind" | "too-large" | "shrinking" | "other-writer";

/** The first look at a list that had shrunk by more than half. */
export interface ShrinkLook {
  readonly count: number;
  /** Monotonic milliseconds, of a moment before this agent led, perhaps. */
  readonly at: number;
}

/** A write that may have taken place. */
export interface PublicationAttempt {
  readonly sequence: number;
  /** The resourceVersion of what it was to replace. */
  readonly over: string;
}

export interface PublicationInput {
  readonly stored: StoredDocument;
  readonly peers: readonly Peer[];
  /** Milliseconds since the peers were last known to be what the API has. */
  readonly age: number;
  /** Milliseconds for which the peers have been these, in this agent's picture. */
  readonly unchangedFor: number;
  readonly epoch: number;
  /** The highest sequence that this leader has written in this epoch; 0 when none. */
  readonly lastSequence: number;
  /** This leader's write of which no answer came. */
  readonly attempt?: PublicationAttempt | undefined;
  /** An earlier process of this leader's pod may have written in this epoch. */
  readonly unaware?: boolean;
  /** The highest revision of a document that this agent has, in file or memory. */
  readonly seen?: Revision | undefined;
  /** Hash of the document that this leader wrote last, in any epoch. */
  readonly lastHash: string | undefined;
  /** When this leader last wrote over somebody else's data; -Infinity when never. */
  readonly restoredAt: number;
  readonly shrink: ShrinkLook | undefined;
  /** Monotonic milliseconds. */
  readonly now: number;
}

export type PublicationPlan =
  | { readonly action: "nothing" }
  /** This term can't go on: only a new epoch can. */
  | { readonly action: "resign"; readonly detail: string }
  | {
      readonly action: "write";
      readonly revision: Revision;
      readonly hash: string;
      readonly data: Readonly<Record<string, string>>;
      readonly count: number;
      /** It takes the place of data that no agent wrote. */
      readonly restores: boolean;
    }
  | {
      readonly action: "withhold";
      readonly reason: WithholdReason;
      readonly detail: string;
      /** Monotonic milliseconds at which to look again; absent: at the next change. */
      readonly retryAt?: number;
      readonly shrink?: ShrinkLook;
    };

/** ConfigMap values add up to 1 MiB at most (Kubernetes 1.37, ValidateConfigMap and core MaxSecretSize). */
const maxBytes = 1024 * 1024;
/** Milliseconds until the second look at a list that shrank by more than half. */
const secondLook = 30_000;
/** Epochs that changes of leader make up for; with more between them, somebody has to look. */
const fewChanges = 10;
/** Milliseconds between two restorations of our document. */
const restorePause = 30_000;

function isUnchanged(stored: StoredDocument, data: Readonly<Record<string, string>>, hash: string): boolean {
  const entries = Object.entries(data);
  return (
    stored.revision !== undefined &&
    stored.revision.epoch <= stored.epoch &&
    stored.hash === hash &&
    stored.binaryKeys.length === 0 &&
    Object.keys(stored.data).length === entries.length + 1 &&
    entries.every(([key, value]) => stored.data[key] === value)
  );
}

/**
 * Nothing is ever written below the stored epoch. Within an epoch the sequence grows by one a write, a foreign edit
 * of it notwithstanding; a new epoch begins with 1, which is higher than anything of an older one.
 */
function nextRevision(input: PublicationInput): Revision {
  const { stored, epoch, lastSequence, attempt } = input;
  const known = stored.revision?.epoch === epoch ? stored.revision.sequence : 0;
  // What replaced that version may have been our own write, edited or deleted since.
  const used = attempt && attempt.over !== stored.resourceVersion ? attempt.sequence : 0;
  return { epoch, sequence: Math.max(known, lastSequence, used) + 1 };
}

/**
 * The guard against a list that vanishes: more than half gone needs a second look, 30 s after the first, at a picture
 * that was taken in between and is no shorter than the first look's. The first is when the picture became what it is,
 * whoever led then.
 */
function guardShrinking(input: PublicationInput): PublicationPlan | undefined {
  const { stored, peers, now, age, unchangedFor } = input;
  const count = peers.length;
  if (stored.count === undefined || count * 2 >= stored.count) return undefined;
  const known = input.shrink && count >= input.shrink.count ? input.shrink : undefined;
  const look = known ?? { count, at: now - unchangedFor };
  const due = look.at + secondLook;
  if (now >= due && now - age > look.at) return undefined;
  const detail = `the list went from ${stored.count} to ${count} validators; a second look must agree`;
  return {
    action: "withhold",
    reason: "shrinking",
    detail,
    retryAt: Math.max(due, now + 1000),
    shrink: look,
  };
}

/**
 * A process that goes on in the epoch of its predecessor in the same pod, and finds no revision of that epoch, can't know
 * what was written in it and then edited or deleted: with 1 it would take the revision back.
 */
function guardLostSequence(input: PublicationInput): PublicationPlan | undefined {
  const { stored, epoch, lastSequence, unaware = false } = input;
  if (stored.revision?.epoch === epoch || lastSequence > 0) return undefined;
  if (!unaware && stored.epoch !== epoch) return undefined;
  const detail = `something of epoch ${epoch} may have been written, and its revision is not there`;
  return { action: "resign", detail };
}

/**
 * A revision of this very epoch, beyond all that the list and this process know of: the epoch was another's before, and of
 * what that one wrote nothing is left in the list and the Lease.
 */
function guardUsedEpoch({ epoch, seen }: PublicationInput, next: Revision): PublicationPlan | undefined {
  if (seen?.epoch !== epoch || seen.sequence < next.sequence) return undefined;
  const detail = `epoch ${epoch} was led before: this agent has its revision ${formatRevision(seen)}`;
  return { action: "resign", detail };
}

/**
 * An outdated leader has nothing to write. One that is not goes by a Lease that was made anew with too low an epoch: a
 * few changes of leader, each of which adds one, put that right by themselves.
 */
function giveWay(stored: number, epoch: number): PublicationPlan {
  const detail = `the ConfigMap carries epoch ${stored}, this leader's is ${epoch}: it is outdated, or the Lease was made anew with too low leaseTransitions`;
  if (stored - epoch <= fewChanges) return { action: "resign", detail };
  return { action: "withhold", reason: "epoch-behind", detail };
}

function guardRestoring(input: PublicationInput, hash: string): PublicationPlan | undefined {
  const { stored, now, restoredAt, lastHash } = input;
  const due = restoredAt + restorePause;
  if (!stored.foreign || now >= due || hash !== lastHash) return undefined;
  const detail = "somebody else keeps writing the ConfigMap; the document is restored once in 30 s";
  return { action: "withhold", reason: "other-writer", detail, retryAt: due };
}

function bytesOf(data: Readonly<Record<string, string>>): number {
  return Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}

/**
 * What the leader does about the ConfigMap, given what is stored and what it sees. Equal content is left alone,
 * whoever wrote it and in whichever epoch.
 */
export function planPublication(input: PublicationInput): PublicationPlan {
  const { stored, peers, epoch } = input;
  const data = renderPeers(peers);
  const hash = hashPeers(data[configMapKeys.peersJson] ?? "");
  if (isUnchanged(stored, data, hash)) return { action: "nothing" };
  if (stored.epoch > epoch) return giveWay(stored.epoch, epoch);
  const revision = nextRevision(input);
  const spent = guardLostSequence(input) ?? guardUsedEpoch(input, revision);
  if (spent) return spent;
  const bytes = bytesOf(data) + formatRevision(revision).length;
  if (bytes > maxBytes) {
    const detail = `${peers.length} validators make ${bytes} bytes, a ConfigMap holds ${maxBytes}`;
    return { action: "withhold", reason: "too-large", detail };
  }
  const guarded = guardShrinking(input) ?? guardRestoring(input, hash);
  if (guarded) return guarded;
  return { action: "write", revision, hash, data, count: peers.length, restores: stored.foreign };
}
