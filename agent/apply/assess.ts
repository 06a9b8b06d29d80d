import type { Peer } from "../../contract/Peer.ts";
import type { CoreInfo, CoreResult } from "../core/CoreApi.ts";
import { decideHealth } from "./decideHealth.ts";
import type { Health, HealthProof, HealthReason } from "./decideHealth.ts";
import { decideOwnNetwork } from "./decideOwnNetwork.ts";
import { decideTargets } from "./decideTargets.ts";
import type { Targets } from "./decideTargets.ts";
import type { SourcedDocument } from "./DocumentView.ts";
import { isOwnEntry } from "./isOwnEntry.ts";
import type { OwnIdentity } from "./isOwnEntry.ts";
import type { OwnNetwork } from "./OwnNetwork.ts";
import { planDialing } from "./planDialing.ts";

export interface AssessInput {
  readonly document: SourcedDocument | undefined;
  /** What the agent's own picture shows; undefined when it is not fresh. */
  readonly shown: readonly Peer[] | undefined;
  readonly info: CoreResult<CoreInfo>;
  readonly self: OwnIdentity;
  readonly maxDialed: number;
  readonly proof: HealthProof | undefined;
  readonly now: number;
}

export interface Obstacle {
  readonly reason:
    | Exclude<HealthReason, "healthy" | "isolated">
    | "no-document"
    | "no-own-entry"
    | "network-ambiguous"
    | "network-disagrees"
    | "no-peers-answer";
  readonly detail: string;
}

export interface Assessment {
  readonly health: Health;
  /** What has to change before Core is touched; undefined when nothing has. */
  readonly obstacle: Obstacle | undefined;
  readonly own: OwnNetwork | undefined;
  readonly targets: Targets;
  /** Whom Core should be connected to by its own dialing, or by theirs. */
  readonly planned: readonly Peer[];
}

const noTargets: Targets = { allowed: [], heldBack: [], unlisted: [], otherNetworks: 0 };

function obstacleOf({ verdict, reason, detail }: Health): Obstacle | undefined {
  return verdict !== "waiting" || reason === "healthy" || reason === "isolated"
    ? undefined
    : { reason, detail };
}

/** All that follows from the document, the agent's own picture and what Core says of itself. */
export function assess(input: AssessInput): Assessment {
  const { document: sourced, shown, info, self, proof, now } = input;
  const peers = sourced?.document.peers ?? [];
  const own = sourced ? decideOwnNetwork(peers, shown, self) : undefined;
  const known = own?.ok ? own : undefined;
  const health = decideHealth(info, known, proof, now);
  const blocked: Pick<Assessment, "health" | "own" | "targets" | "planned"> = {
    health,
    own: known,
    targets: noTargets,
    planned: [],
  };
  if (!own) return { ...blocked, obstacle: { reason: "no-document", detail: "there is no document yet" } };
  if (!own.ok) return { ...blocked, obstacle: { reason: own.reason, detail: own.detail } };
  const obstacle = obstacleOf(health);
  if (!info.ok || obstacle?.reason === "network-mismatch") return { ...blocked, obstacle };
  const targets = decideTargets({ peers, shown, self, network: own.network, passphrase: info.value.network });
  const entry = peers.find((peer) => isOwnEntry(peer, self)) ?? { namespace: self.namespace, name: self.pod };
  const planned = planDialing({ self: entry, others: targets.allowed, maxDialed: input.maxDialed });
  return { health, own, obstacle, targets, planned };
}
