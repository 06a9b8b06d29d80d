import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import { sameRecord } from "./sameRecord.ts";

/** True when a list or a copy of it is, to the byte, as an agent or the provisioner writes one. */
export function isSound({ data = {}, binaryData, metadata }: ConfigMap): boolean {
  const parsed = parsePeerDocument(data);
  if (!parsed.ok || !sameRecord(binaryData, {})) return false;
  const { [configMapKeys.revision]: _revision, ...rest } = data;
  const hash = hashPeers(data[configMapKeys.peersJson] ?? "");
  return (
    metadata.annotations?.[annotations.hash] === hash && sameRecord(rest, renderPeers(parsed.document.peers))
  );
}
