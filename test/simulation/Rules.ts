import { isDeepStrictEqual } from "node:util";
import { annotations } from "../../contract/annotations.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
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
const staleness = 100_000;
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
  readonly #namespaces: readonly string[];
  readonly #now: () => number;
  /** What the shared list has been, as texts, and until when. */
  readonly #contents = new Map<string, number>();
  #stored: string | undefined;
  readonly #writers = new Map<number, string>();
  #highest: Revision = { epoch: 0, sequence: 0 };
  readonly #touched = new Set<string>();
  #leaseLost = false;
  /** An older revision that the list has come back with since the last publication. */
  #lost: Revision | undefined;
  #anew = false;
  #publishedAt = 0;
  /** What the provisioner has put in the place of a list that somebody deleted: the best that was left. */
  readonly #restored = new Set<string>();
  #publications = 0;

  /** `namespaces`: those with a copy of the list. */
  constructor(truth: Truth, trace: Trace, namespaces: readonly string[], now: () => number) {
    this.#now = now;
    this.#namespaces = namespaces;
    this.#truth = truth;
    this.#trace = trace;
  }

  get publications(): number {
    return this.#publications;
  }

  /** True when that revision has come, or come back, after the list was made anew from what was left of it. */
  mayComeBack(revision: string): boolean {
    return this.#restored.has(revision);
  }

  violated(rule: string): void {
    this.#trace.add("violation", rule);
    this.violations.push(rule);
  }

  /** Somebody has edited or deleted the copy in that namespace. */
  copyTouched(namespace: string): void {
    this.#touched.add(namespace);
  }

  /** Somebody has deleted the Lease. */
  leaseDeleted(): void {
    this.#leaseLost = true;
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
    this.#beginAnew(clock);
    if (this.#anew) this.#restored.add(formatRevision(revision));
    this.#lost = undefined;
    this.#publishedAt = this.#now();
    this.#leaseLost = false;
    this.#checkRevision(writer, revision);
    this.#checkContent(writer, clock, peers);
    this.#checkShrinking(writer, before, peers);
    this.#checkRendering(writer, after, peers);
  }

  /** What an agent sees has lost these entries, each without its network. */
  unseen(who: string, clock: ProcessClock, removed: readonly string[]): void {
    const allowed = this.#allowed(clock);
    for (const entry of this.#truth.current)
      if (removed.includes(entry.split("#")[0] ?? "") && this.#truth.wasShownThroughout(entry, allowed))
        this.violated(`${who} does not see ${entry} any more, which was there all the time`);
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
    // A list that was deleted comes back as it stood in whatever is left of it.
    const remade =
      namespace === names.namespace && !before && (this.#contents.has(content) || this.#noCopyLeft());
    if (namespace !== names.namespace) this.#touched.delete(namespace);
    if (this.#contents.size > 0 && !known && !remade)
      this.violated(`${writer} wrote a list in ${namespace} that the shared one was not lately: ${content}`);
    if (namespace === names.namespace) {
      this.stored(after);
      if (!before && revision) this.#restore(revision);
    }
    const replaced = parseRevision(before?.data?.[configMapKeys.revision] ?? "");
    const back = revision && replaced && peersOf(before) && compareRevisions(revision, replaced) < 0;
    if (back && !this.mayComeBack(formatRevision(revision)))
      this.violated(
        `${writer} took the list in ${namespace} back from ${formatRevision(replaced)} to ${formatRevision(revision)}`,
      );
  }

  #noCopyLeft(): boolean {
    return this.#namespaces.every((namespace) => this.#touched.has(namespace));
  }

  #restore(revision: Revision): void {
    this.#restored.add(formatRevision(revision));
    if (compareRevisions(revision, this.#highest) < 0) this.#lost = revision;
  }

  /** With the Lease or the writer's memory gone as well, nothing tells what was written after what is left. */
  #beginAnew({ start }: ProcessClock): void {
    if (!this.#lost || !(this.#leaseLost || start > this.#publishedAt)) return;
    const { epoch } = (this.#highest = this.#lost);
    for (const later of this.#writers.keys()) if (later > epoch) this.#writers.delete(later);
    this.#anew = true;
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
    const allowed = this.#allowed(clock);
    const listed = new Set(peers.map(truthEntry));
    for (const entry of listed)
      if (!this.#truth.wasShown(entry, allowed)) this.violated(`${writer} lists ${entry}, long gone`);
    for (const entry of this.#truth.current)
      if (!listed.has(entry) && this.#truth.wasShownThroughout(entry, allowed))
        this.violated(`${writer} leaves out ${entry}, which was there all the time`);
    if (peers.length === 0 && this.#truth.fewest(allowed, 0) > 0)
      this.violated(`${writer} lists nobody, and at no time was there nobody`);
  }

  /** Milliseconds by which what a process goes by may be behind. */
  #allowed(clock: ProcessClock): number {
    return staleness + (clock.stoodStill(staleness) ? clock.lastPause : 0);
  }

  /** Every key and annotation says the same as peers.json. */
  #checkRendering(writer: string, { data = {}, metadata }: StoredList, peers: readonly Peer[]): void {
    const { [configMapKeys.revision]: _revision, ...rest } = data;
    const hash = hashPeers(data[configMapKeys.peersJson] ?? "");
    if (!isDeepStrictEqual(rest, renderPeers(peers)) || metadata.annotations?.[annotations.hash] !== hash)
      this.violated(`${writer} published keys that do not go together`);
  }

  #checkShrinking(writer: string, before: StoredList | undefined, peers: readonly Peer[]): void {
    const stored = peersOf(before)?.length;
    if (stored === undefined || peers.length * 2 >= stored) return;
    if (this.#truth.fewest(2 * staleness, firstLook) * 2 >= stored)
      this.violated(`${writer} went from ${stored} to ${peers.length} validators with no second look`);
  }
}
