import { compareRevisions } from "../../contract/compareRevisions.ts";
import type { IncomingDocument, SourcedDocument } from "./DocumentView.ts";

export interface DocumentCandidates {
  readonly published: IncomingDocument | undefined;
  /** Milliseconds since the API's document was last proven to be the newest. */
  readonly publishedAge: number;
  /** The API's newest content was refused: `published` is from before it. */
  readonly publishedRefused?: boolean;
  readonly mounted: IncomingDocument | undefined;
  /** What was chosen the last time. */
  readonly previous: SourcedDocument | undefined;
  /** Milliseconds of the same clock as `receivedAt`. */
  readonly now: number;
}

/** Milliseconds without proof after which a watch counts as silent. */
const alive = 60_000;

/** True when the API's last good document is one from before what counted last: newer content there can't be read. */
function isOutdated({ published, publishedRefused = false, previous }: DocumentCandidates): boolean {
  if (!published || !previous || !publishedRefused) return false;
  return compareRevisions(published.document.revision, previous.document.revision) < 0;
}

/**
 * Which document counts. While the watch is alive it is the API's, whatever its revision: after a reinstall revisions
 * start again from nothing, and a copy of the file that somebody edited must not shut the API's document out. When
 * the watch has been silent for 60 s it is the file's, unless that is older than what counted last, or was there,
 * unchanged, when the API last spoke: then the API has already been preferred to it.
 */
export function chooseDocument(candidates: DocumentCandidates): SourcedDocument | undefined {
  const { published, publishedAge, mounted, previous, now } = candidates;
  if (published && publishedAge < alive && !isOutdated(candidates)) return { ...published, source: "api" };
  if (!mounted) return previous;
  const file: SourcedDocument = { ...mounted, source: "file" };
  if (!previous) return file;
  const order = compareRevisions(mounted.document.revision, previous.document.revision);
  if (order === 0 && mounted.document.hash === previous.document.hash)
    return { ...file, receivedAt: previous.receivedAt };
  if (previous.source === "api" && mounted.receivedAt <= now - publishedAge) return previous;
  return order < 0 ? previous : file;
}
