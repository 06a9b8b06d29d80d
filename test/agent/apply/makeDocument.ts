import type { Peer } from "../../../contract/Peer.ts";
import type { PeerDocument } from "../../../contract/PeerDocument.ts";
import { hashPeers } from "../../../contract/hashPeers.ts";
import { parseRevision } from "../../../contract/parseRevision.ts";
import { renderPeers } from "../../../contract/renderPeers.ts";

/** A document as it is after its schema. */
export function makeDocument(peers: readonly Peer[], revision = "1.1"): PeerDocument {
  const parsed = parseRevision(revision);
  if (!parsed) throw new RangeError(`${revision} is no revision`);
  return { revision: parsed, peers, hash: hashPeers(renderPeers(peers)["peers.json"] ?? "") };
}
