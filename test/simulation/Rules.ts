import { compareRevisions } from "../../contract/compareRevisions.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import { names } from "../../contract/names.ts";
import type { Peer } from "../../contract/Peer.ts";
import type { Revision } from "../../contract/Revision.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ProcessClock } from "./ProcessClock.ts";
import type { Trace } from "./Trace.ts";
import type { Truth } from "./Truth.ts";
import { truthEntry } from "./truthEntry.ts";

export interface StoredList extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** Milliseconds for which a picture may be published, the way of a request, and drifting clocks. */
const staleness = 90_000;
/** Milliseconds before a write when the first of two looks at a list that shrank was, at the latest. */
const firstLook = 25_000;

function peersOf(list: StoredList | undefined): readonly Peer[] | undefined {
  const parsed = parsePeerDocument(list?.data ?? {});
  return parsed.ok ? parsed.document.peers : undefined;
}

/** What must hold at every write of the list, whatever befalls the world. */
export class Rules {
  readonly violations: string[] = [];
  readonly #truth: Truth;
  readonly #trace: Trace;
  readonly #now: () => number;
  /** What the shared list has been, as texts, and until when. */
  readonly #contents = new Map<string, number>();
  #stored: string | undefined;
  readonly #writers = new Map<number, string>();
  #highest: Revision = { epoch: 0, sequence: 0 };
  #publications = 0;

  constructor(truth: Truth, trace: Trace, now: () => number) {
    this.#now = now;
    this.#truth = truth;
    this.#trace = trace;
  }

  get publications(): number {
    return this.#publications;
  }

  violated(rule: string): void {
    this.#trace.add("violation", rule);
    this.violations.push(rule);
  }

  /** The shared list is this now, whoever wrote it. */
  stored({ data }: StoredList): void {
    if (this.#stored !== undefined) this.#contents.set(this.#stored, this.#now());
    this.#stored = JSON.stringify(data);
    this.#contents.set(this.#stored, Infinity);
  }

  /** An agent's write took place. */
  published(writer: string, clock: ProcessClock, before: StoredList | undefined, after: StoredList): void {
    this.#publications += 1;
    this.stored(after);
    const revision = parseRevision(after.data?.[configMapKeys.revision] ?? "");
    const peers = peersOf(after);
    if (!revision || !peers) {
      this.violated(`${writer} published what can't be read`);
      return;
    }
    this.#trace.add(writer, `wrote ${formatRevision(revision)}: ${peers.map(truthEntry).join(", ")}`);
    this.#checkRevision(writer, revision);
    this.#checkContent(writer, clock, peers);
    this.#checkShrinking(writer, before, peers);
  }

  /** The provisioner's write of the list or of a copy took place. */
  provisioned(writer: string, before: StoredList | undefined, after: StoredList): void {
    const { namespace = "" } = after.metadata;
    const revision = parseRevision(after.data?.[configMapKeys.revision] ?? "");
    this.#trace.add(
      writer,
      `wrote the list in ${namespace}: ${revision ? formatRevision(revision) : "none"}`,
    );
    const content = JSON.stringify(after.data);
    const known = this.#now() - (this.#contents.get(content) ?? -Infinity) <= staleness;
    if (this.#contents.size > 0 && !known)
      this.violated(`${writer} wrote a list in ${namespace} that the shared one was not lately: ${content}`);
    if (namespace === names.namespace) this.stored(after);
    const replaced = parseRevision(before?.data?.[configMapKeys.revision] ?? "");
    if (revision && replaced && peersOf(before) && compareRevisions(revision, replaced) < 0)
      this.violated(
        `${writer} took the list in ${namespace} back from ${formatRevision(replaced)} to ${formatRevision(revision)}`,
      );
  }

  #checkRevision(writer: string, revision: Revision): void {
    const text = formatRevision(revision);
    if (compareRevisions(revision, this.#highest) <= 0)
      this.violated(`${writer} wrote ${text} after ${formatRevision(this.#highest)}`);
    else this.#highest = revision;
    const first = this.#writers.get(revision.epoch) ?? writer;
    this.#writers.set(revision.epoch, first);
    if (first !== writer) this.violated(`${writer} wrote ${text}, in the epoch of ${first}`);
  }

  /** Nothing that the API shows all the time is missing, and nothing is listed that it has not shown for long. */
  #checkContent(writer: string, clock: ProcessClock, peers: readonly Peer[]): void {
    const allowed = staleness + (clock.stoodStill(staleness) ? clock.lastPause : 0);
    const listed = new Set(peers.map(truthEntry));
    for (const entry of listed)
      if (!this.#truth.wasShown(entry, allowed)) this.violated(`${writer} lists ${entry}, long gone`);
    for (const entry of this.#truth.current)
      if (!listed.has(entry) && this.#truth.wasShownThroughout(entry, allowed))
        this.violated(`${writer} leaves out ${entry}, which was there all the time`);
  }

  #checkShrinking(writer: string, before: StoredList | undefined, peers: readonly Peer[]): void {
    const stored = peersOf(before)?.length;
    if (stored === undefined || peers.length * 2 >= stored) return;
    if (this.#truth.fewest(2 * staleness, firstLook) * 2 >= stored)
      this.violated(`${writer} went from ${stored} to ${peers.length} validators with no second look`);
  }
}
