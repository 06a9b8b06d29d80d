import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CoreInfo, CoreResult } from "./CoreApi.ts";
import { coreFailure } from "./coreFailure.ts";
import { readJson } from "./readJson.ts";

function field(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/**
 * Reads the answer to `/info`. State, network, ledger and number of peers must be there, in their types; when one is
 * not, the answer is unreadable rather than half known. Fields of later versions are ignored.
 */
export function readInfo(answer: CoreAnswer): CoreResult<CoreInfo> {
  const json = readJson(answer);
  if (!json.ok) return json;
  const { info } = json.value;
  const state = text(field(info, "state"));
  const network = text(field(info, "network"));
  const ledgerAge = count(field(info, "ledger", "age"));
  const ledgerNumber = count(field(info, "ledger", "num"));
  const authenticatedPeers = count(field(info, "peers", "authenticated_count"));
  if (
    state === undefined ||
    network === undefined ||
    ledgerAge === undefined ||
    ledgerNumber === undefined ||
    authenticatedPeers === undefined
  )
    return coreFailure("unreadable", "/info lacks state, network, ledger or peers");
  return {
    ok: true,
    value: {
      state,
      network,
      ledgerAge,
      ledgerNumber,
      authenticatedPeers,
      pendingPeers: count(field(info, "peers", "pending_count")) ?? 0,
      startedOn: text(field(info, "startedOn")) ?? "",
      build: text(field(info, "build")) ?? "",
    },
  };
}
