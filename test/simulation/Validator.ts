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
  /** The kubelet brings nothing. */
  stuck: boolean;
  agent: SimulatedAgent | undefined;
}

/** A StellarNode and what the operator and Kubernetes made of it. */
export interface Validator {
  readonly namespace: string;
  readonly name: string;
  network: SimulatedNetwork;
  /** The networks that it was on before, and until when (true time). */
  readonly former: { readonly network: SimulatedNetwork; readonly until: number }[];
  pod: ValidatorPod | undefined;
}
