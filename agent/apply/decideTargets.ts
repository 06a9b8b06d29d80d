import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import type { Peer } from "../../contract/Peer.ts";
import { isOwnEntry } from "./isOwnEntry.ts";
import type { OwnIdentity } from "./isOwnEntry.ts";

export interface TargetsInput {
  /** The document's peers. */
  readonly peers: readonly Peer[];
  /** What the agent's own picture shows, static peers among them; undefined when it is not fresh. */
  readonly shown: readonly Peer[] | undefined;
  readonly self: OwnIdentity;
  readonly network: string;
  /** Core's own. */
  readonly passphrase: string;
}

export interface Targets {
  /** Whom Core may be connected to, each address once, in the document's order. */
  readonly allowed: readonly Peer[];
  /** In the document, but not in the agent's own fresh picture. */
  readonly heldBack: readonly Peer[];
  /** In the agent's own fresh picture, but not in the document. */
  readonly unlisted: readonly Peer[];
  /** How many belong to other networks. */
  readonly otherNetworks: number;
}

/** Static peers name no network: whoever lists them says that they are on everybody's. Core refuses them if not. */
function isOnNetwork(peer: Peer, network: string, passphrase: string): boolean {
  if (peer.nodeType === "External" && peer.network === "") return true;
  if (peer.network !== network) return false;
  return (peer.networkPassphrase ?? knownPassphrases.get(network) ?? passphrase) === passphrase;
}

function byAddress(peers: readonly Peer[]): readonly Peer[] {
  return [...new Map(peers.map((peer) => [peer.peerString, peer])).values()];
}

/**
 * Whom of the document this Core may be told about: the peers of its network, without itself, and, while the agent's
 * own picture is fresh, only those whose address that shows for the same network. So an edited document, or a leader
 * gone bad, makes nobody dial an address that the API does not show.
 */
export function decideTargets(input: TargetsInput): Targets {
  const { self, network, passphrase, shown } = input;
  const others = (peers: readonly Peer[]): readonly Peer[] => {
    const own = new Set(peers.filter((peer) => isOwnEntry(peer, self)).map((peer) => peer.peerString));
    return byAddress(
      peers.filter((peer) => !own.has(peer.peerString) && isOnNetwork(peer, network, passphrase)),
    );
  };
  const listed = others(input.peers);
  const otherNetworks = input.peers.filter((peer) => !isOnNetwork(peer, network, passphrase)).length;
  if (!shown) return { allowed: listed, heldBack: [], unlisted: [], otherNetworks };
  const seen = others(shown);
  const seenAddresses = new Set(seen.map((peer) => peer.peerString));
  const listedAddresses = new Set(listed.map((peer) => peer.peerString));
  return {
    allowed: listed.filter((peer) => seenAddresses.has(peer.peerString)),
    heldBack: listed.filter((peer) => !seenAddresses.has(peer.peerString)),
    unlisted: seen.filter((peer) => !listedAddresses.has(peer.peerString)),
    otherNetworks,
  };
}
