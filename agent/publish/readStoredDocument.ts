import { annotations } from "../../contract/annotations.ts";
import { configMapKeys } from "../../contract/configMapKeys.ts";
import { hashPeers } from "../../contract/hashPeers.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import { parseRevision } from "../../contract/parseRevision.ts";
import { renderPeers } from "../../contract/renderPeers.ts";
import type { ConfigMap } from "./ConfigMap.ts";
import { findOtherWriter } from "./findOtherWriter.ts";
import type { StoredDocument } from "./StoredDocument.ts";

function countEntries(peersJson: string | undefined): number | undefined {
  if (peersJson === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(peersJson);
    return Array.isArray(parsed) ? parsed.length : undefined;
  } catch {
    return undefined;
  }
}

function readEpoch(annotation: string | undefined): number | undefined {
  if (annotation === undefined || !/^\d{1,15}$/.test(annotation)) return undefined;
  return Number(annotation);
}

/** True when the data is, to the byte, what an agent or the provisioner renders from its peers.json. */
function isRendered(data: Readonly<Record<string, string>>, hash: string | undefined): boolean {
  const peersJson = data[configMapKeys.peersJson];
  if (peersJson === undefined || (hash !== undefined && hash !== hashPeers(peersJson))) return false;
  const parsed = parsePeerDocument(data);
  if (!parsed.ok) return false;
  // A list without our hash is ours only as the provisioner makes it: empty.
  if (hash === undefined && parsed.document.peers.length > 0) return false;
  const rendered = Object.entries(renderPeers(parsed.document.peers));
  return (
    Object.keys(data).length === rendered.length + 1 && rendered.every(([key, value]) => data[key] === value)
  );
}

/** Reads the ConfigMap as it is in the API; never throws, whatever stands in it. */
export function readStoredDocument(configMap: ConfigMap): StoredDocument {
  const data = configMap.data ?? {};
  const binaryKeys = Object.keys(configMap.binaryData ?? {});
  const revision = parseRevision(data[configMapKeys.revision] ?? "");
  const hash = configMap.metadata.annotations?.[annotations.hash];
  const empty = Object.keys(data).length === 0 && binaryKeys.length === 0;
  return {
    resourceVersion: configMap.metadata.resourceVersion ?? "",
    data,
    binaryKeys,
    revision,
    epoch: readEpoch(configMap.metadata.annotations?.[annotations.epoch]) ?? revision?.epoch ?? 0,
    hash,
    count: countEntries(data[configMapKeys.peersJson]),
    foreign: !empty && (binaryKeys.length > 0 || !isRendered(data, hash)),
    otherWriter: findOtherWriter(configMap.metadata.managedFields),
  };
}
