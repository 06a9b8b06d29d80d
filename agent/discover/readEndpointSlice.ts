import { annotations } from "../../contract/annotations.ts";
import { labels } from "../../contract/labels.ts";
import type { ObservedEndpoint, ObservedSlice } from "./ObservedSlice.ts";
import { readName } from "./readName.ts";
import { readNetwork } from "./readNetwork.ts";
import { readRecord } from "./readRecord.ts";
import { readText } from "./readText.ts";

/** The operator's Service names its port `peer`; in SDF's own chart Core's port is `core-peer`. */
const peerPortNames = ["peer", "core-peer"];

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readPeerPort(ports: unknown): number | undefined {
  const numbers = new Map<string, number>();
  for (const item of readList(ports)) {
    const port = readRecord(item);
    const name = readText(port?.name);
    const number = port?.port;
    const tcp = (port?.protocol ?? "TCP") === "TCP";
    if (name === undefined || !tcp || typeof number !== "number" || !Number.isInteger(number)) continue;
    if (number >= 1 && number <= 65_535) numbers.set(name, number);
  }
  return peerPortNames.map((name) => numbers.get(name)).find((number) => number !== undefined);
}

function readEndpoint(item: unknown): ObservedEndpoint | undefined {
  const endpoint = readRecord(item);
  const address = readText(readList(endpoint?.addresses)[0]);
  if (address === undefined) return undefined;
  const target = readRecord(endpoint?.targetRef);
  return {
    address,
    terminating: readRecord(endpoint?.conditions)?.terminating === true,
    pod: target?.kind === "Pod" ? readName(target.name) : undefined,
  };
}

/**
 * Reads an EndpointSlice as it came from the API. Never throws: an object without a name, or one that belongs to no
 * Service, is undefined; endpoints without an address are left out.
 */
export function readEndpointSlice(object: unknown): ObservedSlice | undefined {
  const slice = readRecord(object);
  const metadata = readRecord(slice?.metadata);
  const ownLabels = readRecord(metadata?.labels);
  const name = readName(metadata?.name);
  const service = readName(ownLabels?.[labels.serviceName]);
  if (name === undefined || service === undefined) return undefined;
  return {
    namespace: readText(metadata?.namespace) ?? "",
    name,
    service,
    addressType: readText(slice?.addressType) ?? "",
    port: readPeerPort(slice?.ports),
    nodeType: readText(ownLabels?.[labels.nodeType]),
    network: readNetwork(ownLabels?.[labels.network], undefined),
    advertise: readText(ownLabels?.[annotations.advertiseAddress]),
    endpoints: readList(slice?.endpoints)
      .map(readEndpoint)
      .filter((endpoint) => endpoint !== undefined),
  };
}
