/** What discovery reports about itself. */
export interface DiscoveryMetrics {
  /** The picture, each time that it is made anew: peers by network, validators left out by reason. */
  pictured(peersByNetwork: ReadonlyMap<string, number>, omissionsByReason: ReadonlyMap<string, number>): void;
  /** Milliseconds since the picture was last known to be what the API has, at each look; infinite without one. */
  aged(milliseconds: number): void;
  /** The peers of the picture changed. */
  changed(): void;
  /** Asking for `kind` began to fail, or works again. */
  failing(kind: string, failing: boolean): void;
  /** This source is used from now on. */
  sourced(source: "stellarnodes" | "endpointslices"): void;
}
