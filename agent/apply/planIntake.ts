import { annotations } from "../../contract/annotations.ts";
import { compareResourceVersions } from "../../kube/compareResourceVersions.ts";
import { compareRevisions } from "../../contract/compareRevisions.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { Peer } from "../../contract/Peer.ts";
import type { PeerDocument } from "../../contract/PeerDocument.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";

export interface IntakeInput {
  /** The ConfigMap's metadata, as the watch shows it; undefined when there is none. */
  readonly watched: KubeObject | undefined;
  /** Its versions whose content is held already. */
  readonly taken: readonly string[];
  /** The last good document. */
  readonly held: PeerDocument | undefined;
  /** The agent's own picture and the hash of the list that it comes to; undefined when it is not fresh. */
  readonly picture: { readonly peers: readonly Peer[]; readonly hash: string } | undefined;
  /** Milliseconds for which this version has been shown, and for which the picture may lag behind it. */
  readonly waited: number;
  readonly patience: number;
}

export type IntakePlan =
  | { readonly action: "nothing"; readonly reason: "absent" | "taken" }
  /** The content is known without being fetched. */
  | { readonly action: "adopt"; readonly reason: "picture-agrees"; readonly document: PeerDocument }
  | { readonly action: "wait"; readonly reason: "picture-behind"; readonly milliseconds: number }
  | {
      readonly action: "fetch";
      readonly reason: "not-stated" | "same-revision" | "no-picture" | "picture-differs";
    };

type Stated = Pick<PeerDocument, "revision" | "hash">;

function readStated({ metadata }: KubeObject): Stated | undefined {
  const hash = metadata.annotations?.[annotations.hash];
  const revision = parseRevision(metadata.annotations?.[annotations.revision] ?? "");
  return hash !== undefined && revision ? { revision, hash } : undefined;
}

/** Milliseconds for which a version older than what was taken is not believed; longer, and the server has gone back. */
const disbelief = 60_000;

/** A fetch may have brought what the watch, a few versions behind, comes to later. */
function isTaken(shown: string, { taken, waited }: IntakeInput): boolean {
  const isBehind = (version: string): boolean => (compareResourceVersions(shown, version) ?? 0) < 0;
  return taken.includes(shown) || (waited < disbelief && taken.some(isBehind));
}

/**
 * How the content of a ConfigMap is had of which only metadata is watched. The same validators give the same bytes: a
 * new revision whose stated hash is that of the agent's own fresh picture *is* that picture, and need not be fetched;
 * in a fleet of a thousand that is a million validators less at each change. The picture may come a moment after the
 * document, hence the patience. Anything else is fetched: somebody's edit leaves the stated revision as it was.
 */
export function planIntake(input: IntakeInput): IntakePlan {
  const { watched, held, picture, waited, patience } = input;
  if (!watched) return { action: "nothing", reason: "absent" };
  if (isTaken(watched.metadata.resourceVersion ?? "", input)) return { action: "nothing", reason: "taken" };
  const stated = readStated(watched);
  if (!stated) return { action: "fetch", reason: "not-stated" };
  if (held && compareRevisions(stated.revision, held.revision) === 0)
    return { action: "fetch", reason: "same-revision" };
  if (!picture) return { action: "fetch", reason: "no-picture" };
  if (picture.hash === stated.hash)
    return { action: "adopt", reason: "picture-agrees", document: { ...stated, peers: picture.peers } };
  if (waited < patience) return { action: "wait", reason: "picture-behind", milliseconds: patience - waited };
  return { action: "fetch", reason: "picture-differs" };
}
