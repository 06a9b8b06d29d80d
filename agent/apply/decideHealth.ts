import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import type { CoreInfo, CoreResult } from "../core/CoreApi.ts";
import type { OwnNetwork } from "./OwnNetwork.ts";

export type HealthReason =
  | "healthy"
  /** Healthy for the first time; once more and it counts. */
  | "proving"
  | "isolated"
  /** No connection, no answer. */
  | "unreachable"
  /** Answers that say nothing, or an error. */
  | "no-answer"
  | "booting"
  | "stopping"
  | "not-synced"
  | "ledger-old"
  | "network-unknown"
  | "network-mismatch";

/** Since when, and in which start of Core, every look was a good one. */
export interface HealthProof {
  readonly startedOn: string;
  readonly since: number;
}

/**
 * `healthy`: everything may be done. `isolated`: Core has no peer at all and can't become healthy without, so that
 * dialing is allowed, and nothing else. `waiting`: nothing may be done.
 */
export interface Health {
  readonly verdict: "healthy" | "isolated" | "waiting";
  readonly reason: HealthReason;
  /** A sentence's part, for people. */
  readonly detail: string;
  readonly proof: HealthProof | undefined;
}

/** Seconds; ledgers close about every 5. */
const maxLedgerAge = 15;
/** Seconds. The age of the genesis ledger, as Core reckons it, is that of 1970. */
const decade = 315_360_000;
/** Milliseconds between the two good looks: two answers of one moment are one. */
const proofSpan = 1_000;

function waiting(reason: HealthReason, detail: string): Health {
  return { verdict: "waiting", reason, detail, proof: undefined };
}

function checkNetwork(info: CoreInfo, own: OwnNetwork): Health | undefined {
  if (info.network === "") return waiting("network-unknown", "Core names no network");
  if (own.passphrase !== undefined) {
    if (own.passphrase === info.network) return undefined;
    return waiting(
      "network-mismatch",
      `Core is on ${JSON.stringify(info.network)}, ${own.network} is ${JSON.stringify(own.passphrase)}`,
    );
  }
  const known = [...knownPassphrases].find(([, passphrase]) => passphrase === info.network)?.[0];
  if (known === undefined || known === own.network) return undefined;
  return waiting("network-mismatch", `Core is on ${known}, its entry says ${own.network}`);
}

function prove(info: CoreInfo, previous: HealthProof | undefined, now: number): Health {
  const kept = previous?.startedOn === info.startedOn ? previous : undefined;
  const proof = kept ?? { startedOn: info.startedOn, since: now };
  if (now - proof.since < proofSpan)
    return { verdict: "waiting", reason: "proving", detail: "healthy for the first time", proof };
  return {
    verdict: "healthy",
    reason: "healthy",
    detail: `${info.state} with ${info.authenticatedPeers} peers`,
    proof,
  };
}

/**
 * The health gate. `Synced!` alone is no proof: a Core says so 11 ms after its start, alone, and for half a minute
 * after its quorum was lost (recorded, 19.0.1). So: `/info` reads, the network agrees where both passphrases are known,
 * the state is `Synced!`, the ledger under 15 s old, a peer authenticated; and all that in two looks in a row, a
 * second or more apart, within one start of Core. `own` is undefined while the agent's network is not known.
 */
export function decideHealth(
  result: CoreResult<CoreInfo>,
  own: OwnNetwork | undefined,
  previous: HealthProof | undefined,
  now: number,
): Health {
  if (!result.ok) {
    const unreachable = ["refused", "timeout", "broken"].includes(result.reason);
    return waiting(unreachable ? "unreachable" : "no-answer", `/info: ${result.reason}, ${result.detail}`);
  }
  const info = result.value;
  if (info.state === "Booting") return waiting("booting", "Core is booting");
  if (info.state === "Stopping") return waiting("stopping", "Core is stopping");
  const network = own && checkNetwork(info, own);
  if (network) return network;
  if (info.authenticatedPeers === 0)
    return {
      verdict: "isolated",
      reason: "isolated",
      detail: `${info.state} without a single peer`,
      proof: undefined,
    };
  if (info.state !== "Synced!") return waiting("not-synced", `Core's state is ${info.state}`);
  if (info.ledgerAge >= maxLedgerAge)
    return waiting(
      "ledger-old",
      info.ledgerAge > decade ? "it has closed no ledger yet" : `the last ledger is ${info.ledgerAge} s old`,
    );
  return prove(info, previous, now);
}
