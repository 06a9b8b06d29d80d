import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CorePeer, CoreResult } from "./CoreApi.ts";
import { coreFailure } from "./coreFailure.ts";
import { readJson } from "./readJson.ts";

type Group = Pick<CorePeer, "direction" | "authenticated">;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Core writes an empty list as `null`. */
function readList(list: unknown, group: Group): readonly CorePeer[] | undefined {
  if (list === null) return [];
  if (!Array.isArray(list)) return undefined;
  const peers: CorePeer[] = [];
  for (const entry of list as readonly unknown[]) {
    if (!isRecord(entry) || typeof entry.address !== "string") return undefined;
    peers.push({ address: entry.address, id: typeof entry.id === "string" ? entry.id : "", ...group });
  }
  return peers;
}

/** Reads the answer to `/peers`: the authenticated first, then those whose handshake is under way. */
export function readPeers(answer: CoreAnswer): CoreResult<readonly CorePeer[]> {
  const json = readJson(answer);
  if (!json.ok) return json;
  const all: CorePeer[] = [];
  for (const [key, authenticated] of [
    ["authenticated_peers", true] as const,
    ["pending_peers", false] as const,
  ]) {
    const group = json.value[key];
    for (const direction of ["inbound", "outbound"] as const) {
      const peers = isRecord(group) ? readList(group[direction], { direction, authenticated }) : undefined;
      if (!peers) return coreFailure("unreadable", `/peers lacks ${key}.${direction}`);
      all.push(...peers);
    }
  }
  return { ok: true, value: all };
}
