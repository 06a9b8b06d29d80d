import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import type { Peer } from "../../contract/Peer.ts";
import { isOwnEntry } from "./isOwnEntry.ts";
import type { OwnIdentity } from "./isOwnEntry.ts";
import type { OwnNetwork } from "./OwnNetwork.ts";

export type OwnNetworkDecision =
  | ({ readonly ok: true } & OwnNetwork)
  | {
      readonly ok: false;
      readonly reason: "no-own-entry" | "network-ambiguous" | "network-disagrees";
      readonly detail: string;
    };

function networksOf(peers: readonly Peer[], self: OwnIdentity): readonly Peer[] {
  return peers.filter((peer) => peer.network !== "" && isOwnEntry(peer, self));
}

/**
 * The agent's own network is that of its own entry in the document. Without one it is not known, and nothing is done;
 * nor when two entries name two, or when the agent's own fresh picture (`shown`) names another.
 */
export function decideOwnNetwork(
  peers: readonly Peer[],
  shown: readonly Peer[] | undefined,
  self: OwnIdentity,
): OwnNetworkDecision {
  const own = networksOf(peers, self);
  const names = [...new Set(own.map((peer) => peer.network))];
  const [network] = names;
  if (network === undefined)
    return {
      ok: false,
      reason: "no-own-entry",
      detail: `${self.namespace}/${self.pod} is not in the document`,
    };
  if (names.length > 1)
    return {
      ok: false,
      reason: "network-ambiguous",
      detail: `the document names ${names.join(" and ")} as its network`,
    };
  const other = networksOf(shown ?? [], self).find((peer) => peer.network !== network);
  if (other)
    return {
      ok: false,
      reason: "network-disagrees",
      detail: `the document says ${network}, the API ${other.network}`,
    };
  const stated = own.find((peer) => peer.networkPassphrase !== undefined)?.networkPassphrase;
  return { ok: true, network, passphrase: stated ?? knownPassphrases.get(network) };
}
