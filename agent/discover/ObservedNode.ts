import type { ObservedNetwork } from "./ObservedNetwork.ts";

/** What the agent asks of a StellarNode, read leniently: a field that is missing or of another type is undefined. */
export interface ObservedNode {
  readonly namespace: string;
  /** Also the name of the Service that the operator makes for it. */
  readonly name: string;
  readonly nodeType: string | undefined;
  readonly network: ObservedNetwork | undefined;
  readonly suspended: boolean;
  /** The annotation `advertise-address`. */
  readonly advertise: string | undefined;
  /** `status.externalIp`. */
  readonly externalIp: string | undefined;
}
