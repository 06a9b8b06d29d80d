import { knownPassphrases } from "../../contract/knownPassphrases.ts";
import type { ObservedNetwork } from "./ObservedNetwork.ts";
import { readRecord } from "./readRecord.ts";
import { readText } from "./readText.ts";

function named(name: string, customPassphrase: string | undefined): ObservedNetwork {
  const passphrase = knownPassphrases.get(name) ?? customPassphrase;
  return passphrase === undefined ? { name } : { name, passphrase };
}

/** `{custom: testnet}` is a private network that borrows a public one's name: it gets one of its own. */
function custom(name: string, passphrase: string | undefined): ObservedNetwork {
  const own = knownPassphrases.has(name) ? `custom-${name}` : name;
  return passphrase === undefined ? { name: own } : { name: own, passphrase };
}

/**
 * Reads `network` in every shape that is in the field: a string, or `{custom: NAME}`, keys and values in any letter
 * case; undefined when it is neither. The passphrase of a public network is SDF's, whatever the node says besides,
 * since that is what Core gets from the operator (Stellar-K8s, August 2026, crd/types.rs).
 */
export function readNetwork(network: unknown, customPassphrase: unknown): ObservedNetwork | undefined {
  const passphrase =
    typeof customPassphrase === "string" && customPassphrase !== "" ? customPassphrase : undefined;
  const name = readText(network)?.toLowerCase();
  if (name !== undefined) return named(name, passphrase);
  for (const [key, value] of Object.entries(readRecord(network) ?? {})) {
    const customName = readText(value)?.toLowerCase();
    if (key.toLowerCase() === "custom" && customName !== undefined) return custom(customName, passphrase);
  }
  return undefined;
}
