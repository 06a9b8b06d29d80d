import type { ObservedNetwork } from "./ObservedNetwork.ts";

export interface NetworkProblem {
  readonly reason: "no-network" | "bad-network";
  readonly detail: string;
}

const maxName = 253;
const maxPassphrase = 1024;

/**
 * Why a validator with this network can't be listed, or undefined. One without a network is left out, since networks
 * never mix. The limits are those of the schema of peers.json: one absurd name must not spoil the whole document.
 */
export function checkNetwork(network: ObservedNetwork | undefined): NetworkProblem | undefined {
  if (!network) return { reason: "no-network", detail: "it does not say which network it belongs to" };
  if (network.name.length > maxName)
    return { reason: "bad-network", detail: `its network's name is longer than ${maxName} characters` };
  if ((network.passphrase?.length ?? 0) > maxPassphrase)
    return {
      reason: "bad-network",
      detail: `its network's passphrase is longer than ${maxPassphrase} characters`,
    };
  return undefined;
}
