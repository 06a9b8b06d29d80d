import { annotations } from "../../contract/annotations.ts";
import type { ObservedNode } from "./ObservedNode.ts";
import { readName } from "./readName.ts";
import { readNetwork } from "./readNetwork.ts";
import { readRecord } from "./readRecord.ts";
import { readText } from "./readText.ts";

/**
 * Reads a StellarNode (stellar.org/v1alpha1) as it came from the API. Never throws: an object without a name is
 * undefined, and any other field that can't be read is left out, for the plan to say why the node is not listed.
 */
export function readStellarNode(object: unknown): ObservedNode | undefined {
  const node = readRecord(object);
  const metadata = readRecord(node?.metadata);
  const name = readName(metadata?.name);
  if (name === undefined) return undefined;
  const spec = readRecord(node?.spec);
  return {
    namespace: readText(metadata?.namespace) ?? "",
    name,
    nodeType: readText(spec?.nodeType),
    network: readNetwork(spec?.network, spec?.customNetworkPassphrase),
    suspended: spec?.suspended === true || readText(spec?.suspended)?.toLowerCase() === "true",
    advertise: readText(readRecord(metadata?.annotations)?.[annotations.advertiseAddress]),
    externalIp: readText(readRecord(node?.status)?.externalIp),
  };
}
