/** What is known of one validator's Core, by its agent's word. */
export type NodeState = "healthy" | "not-healthy" | "silent" | "external";

export interface FleetNode {
  /** `namespace/name`, or `ip:port` of a peer outside of the cluster. */
  readonly id: string;
  readonly label: string;
  readonly state: NodeState;
  /** Its agent writes the list. */
  readonly leading: boolean;
}

/** Between two validators, whoever of them began it. `missing`: planned by one of them, and there on neither side. */
export interface FleetLink {
  readonly from: string;
  readonly to: string;
  readonly state: "connected" | "missing";
}

/** The validators of one network and their connections, in an order that follows from their names. */
export interface NetworkGraph {
  readonly network: string;
  readonly nodes: readonly FleetNode[];
  readonly links: readonly FleetLink[];
}
