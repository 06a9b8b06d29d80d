import type { MountedFiles } from "../../agent/apply/readMountedFiles.ts";
import type { CoreModel } from "../fake-core/CoreModel.ts";
import type { SimulatedAgent } from "./SimulatedAgent.ts";
import type { SimulatedNetwork } from "./SimulatedNetwork.ts";

/** A validator's pod: a new one has another uid and another address. */
export interface ValidatorPod {
  readonly uid: string;
  readonly ip: string;
  readonly core: CoreModel;
  /** The network that Core was configured with. */
  readonly network: SimulatedNetwork;
  /** What the kubelet has mounted. */
  mounted: MountedFiles | undefined;
  /** Milliseconds that a message between agent and Core is under way, at most. */
  coreLatency: number;
  /** The kubelet brings nothing. */
  stuck: boolean;
  agent: SimulatedAgent | undefined;
}

export interface Dated<T> {
  readonly value: T;
  readonly since: number;
}

/** A StellarNode and what the operator and Kubernetes made of it. */
export interface Validator {
  readonly namespace: string;
  readonly name: string;
  network: SimulatedNetwork;
  /** The networks and addresses that it had, each with the time since when. */
  readonly networks: Dated<SimulatedNetwork>[];
  readonly addresses: Dated<string>[];
  suspended: boolean;
  pod: ValidatorPod | undefined;
}
