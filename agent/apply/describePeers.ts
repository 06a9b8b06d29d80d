import type { Peer } from "../../contract/Peer.ts";
import type { CorePeer } from "../core/CoreApi.ts";
import type { Targets } from "./decideTargets.ts";
import type { DialRecord } from "./ReloadMemory.ts";

export type PeerState =
  /** Authenticated, from either side. */
  | "connected"
  /** Its handshake is under way. */
  | "pending"
  /** Asked for; Core does not show it yet. */
  | "asked"
  /** Asked for, to no effect so far. */
  | "unreached"
  /** To be asked for. */
  | "missing"
  /** Others connect to it. */
  | "not-planned"
  /** In the document, not in the agent's own picture. */
  | "held-back";

export interface PeerStatus {
  readonly namespace: string;
  readonly name: string;
  readonly peerString: string;
  readonly planned: boolean;
  readonly state: PeerState;
  readonly direction?: CorePeer["direction"];
  /** Times that Core was asked to connect to it, since it last was connected. */
  readonly attempts: number;
}

export interface DescribeInput {
  readonly targets: Pick<Targets, "allowed" | "heldBack">;
  readonly planned: ReadonlySet<string>;
  readonly connections: readonly CorePeer[];
  /** When Core was last asked for this peer, and how often. */
  readonly asked: (peerString: string) => Pick<DialRecord, "attempts" | "lastAt"> | undefined;
  readonly now: number;
}

/** Milliseconds; on a cluster's network a handshake takes less than one second. */
const patience = 10_000;

function stateOf(input: DescribeInput, peer: Peer, connection: CorePeer | undefined): PeerState {
  if (connection) return connection.authenticated ? "connected" : "pending";
  if (!input.planned.has(peer.peerString)) return "not-planned";
  const asked = input.asked(peer.peerString);
  if (!asked) return "missing";
  return asked.attempts > 1 || input.now - asked.lastAt >= patience ? "unreached" : "asked";
}

/** The state of each peer that this validator may be connected to, and of those held back, in the document's order. */
export function describePeers(input: DescribeInput): readonly PeerStatus[] {
  const connections = new Map<string, CorePeer>();
  for (const connection of input.connections)
    if (connection.authenticated || !connections.has(connection.address))
      connections.set(connection.address, connection);
  const describe = (peer: Peer, heldBack: boolean): PeerStatus => {
    const { namespace, name, peerString } = peer;
    const connection = connections.get(peerString);
    const state = heldBack && !connection ? "held-back" : stateOf(input, peer, connection);
    const attempts = input.asked(peerString)?.attempts ?? 0;
    const planned = input.planned.has(peerString);
    return {
      namespace,
      name,
      peerString,
      planned,
      state,
      attempts,
      ...(connection && { direction: connection.direction }),
    };
  };
  return [
    ...input.targets.allowed.map((peer) => describe(peer, false)),
    ...input.targets.heldBack.map((peer) => describe(peer, true)),
  ];
}
