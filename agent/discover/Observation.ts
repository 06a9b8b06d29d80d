import type { Peer } from "../../contract/Peer.ts";
import type { ObservedNode } from "./ObservedNode.ts";
import type { ObservedSlice } from "./ObservedSlice.ts";

/** All that a plan of the peers follows from, at one moment. */
export interface Observation {
  /** Undefined with source `endpointslices`, where no StellarNode says anything. */
  readonly nodes: readonly ObservedNode[] | undefined;
  readonly slices: readonly ObservedSlice[];
  readonly staticPeers: readonly Peer[];
}
