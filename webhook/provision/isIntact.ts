import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import type { ConfigMap } from "./ConfigMap.ts";

/**
 * True when a list's peers are what its hash says, and it has a revision: what lists have in common that agents of any
 * version write. Whether all else goes together is for isSound to say.
 */
export function isIntact({ data = {}, metadata }: ConfigMap): boolean {
  const hash = hashPeers(data[configMapKeys.peersJson] ?? "");
  const revision = parseRevision(data[configMapKeys.revision] ?? "");
  return revision !== undefined && metadata.annotations?.[annotations.hash] === hash;
}
