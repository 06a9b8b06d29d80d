import { annotations } from "../../contract/annotations.ts";
import { formatRevision } from "../../contract/formatRevision.ts";
import { parsePeerDocument } from "../../contract/parsePeerDocument.ts";
import type { Peer } from "../../contract/Peer.ts";
import type { Finding } from "../findings/Finding.ts";
import type { ListStatus } from "./Status.ts";
import type { StatusObservation } from "./StatusObservation.ts";

export interface ReadList {
  readonly list?: ListStatus;
  /** Absent: the list can't be seen or used. */
  readonly peers?: readonly Peer[];
  readonly findings: readonly Finding[];
}

function countNetworks(peers: readonly Peer[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { network } of peers) counts.set(network, (counts.get(network) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The published list, and what is wrong with it. */
export function readList(observation: StatusObservation): ReadList {
  const { list, peersNamespace, peersConfigMap } = observation;
  const where = `ConfigMap ${peersNamespace}/${peersConfigMap}`;
  if (list.state === "unknown")
    return { findings: [{ severity: "note", code: "not-visible", detail: `${where}: ${list.detail}` }] };
  if (list.state === "absent") {
    const action = "the provisioner, a part of the webhook, makes it: look into the webhook's logs";
    const detail = `${where} does not exist`;
    return { findings: [{ severity: "problem", code: "list-missing", detail, action }] };
  }
  const { data = {}, metadata } = list.value;
  if (Object.keys(data).length === 0)
    return {
      findings: [
        {
          severity: "warning",
          code: "list-missing",
          detail: `${where} is there, and no agent has written to it yet`,
          action: "the first agent does: enable a namespace with validators, or restart those that are there",
        },
      ],
    };
  const parsed = parsePeerDocument(data);
  if (!parsed.ok) {
    const action =
      "agents go on with the last good list; the elected one writes a new one at the next change";
    const detail = `${where}: ${parsed.detail}`;
    return { findings: [{ severity: "problem", code: "list-invalid", detail, action }] };
  }
  const { peers, revision, hash } = parsed.document;
  const written = metadata.annotations?.[annotations.hash];
  const edited: Finding = {
    severity: "warning",
    code: "list-edited",
    detail: `${where}: the annotation ${annotations.hash} is ${written ?? "missing"}, and peers.json comes to ${hash}`,
    action: `find out who wrote it: kubectl -n ${peersNamespace} get configmap ${peersConfigMap} -o yaml --show-managed-fields`,
  };
  return {
    list: { revision: formatRevision(revision), hash, peers: peers.length, networks: countNetworks(peers) },
    peers,
    findings: written === hash ? [] : [edited],
  };
}
