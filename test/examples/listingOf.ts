import { planPeers } from "../../agent/discover/planPeers.ts";
import { readEndpointSlice } from "../../agent/discover/readEndpointSlice.ts";
import { readStellarNode } from "../../agent/discover/readStellarNode.ts";
import type { Picture } from "../../agent/Picture.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import { sliceOf } from "./sliceOf.ts";

/** What agents make of a StellarNode with the Service that the operator makes for it, or of a Service with no operator. */
export function listingOf(object: KubeObject): Picture {
  const ofOperator = { ...object, spec: { ports: [{ name: "peer", port: 11625 }] } };
  const isNode = object.kind === "StellarNode";
  const slice = readEndpointSlice(sliceOf(isNode ? ofOperator : object));
  const node = isNode ? readStellarNode(object) : undefined;
  return planPeers({ nodes: node && [node], slices: slice ? [slice] : [], staticPeers: [] });
}
