import { configMapKeys } from "./configMapKeys.ts";
import { hashPeers } from "./hashPeers.ts";
import { parseRevision } from "./parseRevision.ts";
import type { Peer } from "./Peer.ts";
import type { PeerDocument } from "./PeerDocument.ts";
import validatePeers from "./peers.schema.generated.js";

/** Why a document was refused; `detail` is a sentence for people. */
export interface PeerDocumentRefusal {
  readonly reason: "missing" | "too-large" | "not-json" | "schema" | "inconsistent" | "revision";
  readonly detail: string;
}

export type PeerDocumentResult =
  { readonly ok: true; readonly document: PeerDocument } | ({ readonly ok: false } & PeerDocumentRefusal);

/** A ConfigMap holds 1 MiB (Kubernetes 1.37, core/v1 MaxSecretSize); a file longer than that was not made from one. */
const maxBytes = 1024 * 1024;

function refuse(reason: PeerDocumentRefusal["reason"], detail: string): PeerDocumentResult {
  return { ok: false, reason, detail };
}

function firstInconsistency(peers: readonly Peer[]): string | undefined {
  const seen = new Set<string>();
  for (const peer of peers) {
    if (peer.peerString !== `${peer.ip}:${peer.port}`)
      return `peerString ${peer.peerString} of ${peer.namespace}/${peer.name} is not ${peer.ip}:${peer.port}`;
    const key = `${peer.namespace}/${peer.name}/${peer.peerString}`;
    if (seen.has(key)) return `${peer.namespace}/${peer.name} at ${peer.peerString} is listed twice`;
    seen.add(key);
  }
  return undefined;
}

function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Reads the ConfigMap's data, or the mounted files under the same names, into a document, or says why not.
 * Never throws. Only `peers.json` and `revision` are read; the other keys are for people.
 */
export function parsePeerDocument(data: Readonly<Record<string, string | undefined>>): PeerDocumentResult {
  const text = data[configMapKeys.peersJson];
  if (text === undefined) return refuse("missing", "there is no peers.json");
  if (text.length > maxBytes) return refuse("too-large", `peers.json has more than ${maxBytes} bytes`);
  const parsed = parseJson(text);
  if ("error" in parsed) return refuse("not-json", `peers.json is not JSON: ${parsed.error}`);
  if (!validatePeers(parsed.value)) {
    const first = validatePeers.errors?.[0];
    return refuse("schema", `peers.json${first?.instancePath ?? ""} ${first?.message ?? "fails its schema"}`);
  }
  const peers = parsed.value;
  const inconsistency = firstInconsistency(peers);
  if (inconsistency !== undefined) return refuse("inconsistent", inconsistency);
  const revision = parseRevision(data[configMapKeys.revision] ?? "");
  if (!revision)
    return refuse(
      "revision",
      `revision ${JSON.stringify(data[configMapKeys.revision])} is not EPOCH.SEQUENCE`,
    );
  return { ok: true, document: { revision, peers, hash: hashPeers(text) } };
}
