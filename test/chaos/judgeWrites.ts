import { isDeepStrictEqual } from "node:util";
import { compareRevisions } from "../../contract/compareRevisions.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import { names } from "../../contract/names.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { Revision } from "../../contract/Revision.ts";
import type { AuditedWrite } from "./AuditedWrite.ts";
import type { Presence } from "./Presence.ts";

/** Milliseconds by which a picture may be behind when it is published, and what a request takes on top. */
const staleness = 80_000;

/**
 * What is wrong with these writes, a sentence each: in an epoch one pod writes, revisions only grow, nothing is left
 * out that was there all the time, nothing is listed that was long gone, keys go together, copies are copies.
 */
export function judgeWrites(
  writes: readonly AuditedWrite[],
  presences: readonly Presence[],
): readonly string[] {
  const lists = writes.filter(({ object, resource }) => resource === "configmaps" && object);
  const originals = lists.filter(({ namespace }) => namespace === names.namespace);
  const contents = new Set(originals.map(({ object }) => JSON.stringify(sorted(object?.data))));
  const copies = lists.filter(({ namespace }) => namespace !== names.namespace);
  return [
    // Agents' tokens are bound to their pods; the provisioner's is not, nor is a person's.
    ...judgeRevisions(originals.filter(({ pod }) => pod !== undefined)),
    ...originals.flatMap((write) => judgeContent(write, presences)),
    ...copies
      .filter(({ object }) => !contents.has(JSON.stringify(sorted(object?.data))))
      .map(
        ({ namespace, object }) =>
          `the copy in ${namespace} never was the list: ${JSON.stringify(object?.data)}`,
      ),
  ];
}

function sorted(data: Readonly<Record<string, string>> = {}): unknown {
  return Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
}

function revisionOf({ object }: AuditedWrite): Revision | undefined {
  const parsed = parsePeerDocument(object?.data ?? {});
  return parsed.ok ? parsed.document.revision : undefined;
}

function judgeRevisions(writes: readonly AuditedWrite[]): readonly string[] {
  const found: string[] = [];
  const writers = new Map<number, string>();
  let highest: Revision = { epoch: 0, sequence: 0 };
  for (const write of writes) {
    const revision = revisionOf(write);
    if (!revision) {
      found.push(`${write.pod} published what can't be read`);
      continue;
    }
    if (compareRevisions(revision, highest) <= 0)
      found.push(`${write.pod} wrote ${formatRevision(revision)} after ${formatRevision(highest)}`);
    highest = revision;
    const first = writers.get(revision.epoch) ?? write.pod ?? "";
    writers.set(revision.epoch, first);
    if (first !== write.pod)
      found.push(`${write.pod} wrote in epoch ${revision.epoch}, which was ${first}'s`);
  }
  return found;
}

function judgeContent(
  { answered, at, object, pod }: AuditedWrite,
  presences: readonly Presence[],
): readonly string[] {
  if (pod === undefined) return [];
  const parsed = parsePeerDocument(object?.data ?? {});
  if (!parsed.ok) return [`a list can't be read: ${parsed.detail}`];
  const { peers, revision } = parsed.document;
  const text = formatRevision(revision);
  const listed = new Set(peers.map(({ name }) => name));
  const { revision: _revision, ...rest } = object?.data ?? {};
  return [
    ...(isDeepStrictEqual(rest, renderPeers(peers)) ? [] : [`the keys of ${text} do not go together`]),
    ...presences
      .filter(
        ({ name, from, to }) => from.latest < at - staleness && to.earliest > answered && !listed.has(name),
      )
      .map(({ name }) => `${text} leaves out ${name}, which was there all the time`),
    ...[...listed]
      .filter(
        (name) =>
          !presences.some(
            (one) => one.name === name && one.from.earliest <= answered && one.to.latest > at - staleness,
          ),
      )
      .map((name) => `${text} lists ${name}, long gone`),
  ];
}
