import type { Peer } from "../../../contract/Peer.ts";
import { planPeers } from "../../../agent/discover/planPeers.ts";
import { readEndpointSlice } from "../../../agent/discover/readEndpointSlice.ts";
import { readStellarNode } from "../../../agent/discover/readStellarNode.ts";
import type { Picture } from "../../../agent/Picture.ts";

/** What discovery makes of objects as the API has them; without `nodes`, by source `endpointslices`. */
export function picture(observed: {
  readonly nodes?: readonly unknown[];
  readonly slices?: readonly unknown[];
  readonly staticPeers?: readonly Peer[];
}): Picture {
  return planPeers({
    nodes: observed.nodes?.map(readStellarNode).filter((node) => node !== undefined),
    slices: (observed.slices ?? []).map(readEndpointSlice).filter((slice) => slice !== undefined),
    staticPeers: observed.staticPeers ?? [],
  });
}
