import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import type { SimulatedNetwork } from "./SimulatedNetwork.ts";

function publicNetwork(name: string): SimulatedNetwork {
  return { name, passphrase: knownPassphrases.get(name) ?? "", spec: { network: name } };
}

/** The networks of a simulated cluster: two of SDF's and one that somebody made. */
export const networkChoices: readonly SimulatedNetwork[] = [
  publicNetwork("testnet"),
  publicNetwork("futurenet"),
  {
    name: "harbour",
    passphrase: "Harbour Network ; 2026",
    spec: { network: { custom: "harbour" }, customNetworkPassphrase: "Harbour Network ; 2026" },
  },
];
