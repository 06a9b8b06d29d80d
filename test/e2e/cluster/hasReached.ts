import { compareRevisions } from "../../../contract/compareRevisions.ts";
import { parseRevision } from "../../../contract/parseRevision.ts";

/** Whether a revision is the wanted one or a later one. */
export function hasReached(text: string | undefined, wanted: string): boolean {
  const [revision, least] = [parseRevision(text ?? ""), parseRevision(wanted)];
  return revision !== undefined && least !== undefined && compareRevisions(revision, least) >= 0;
}
