import type { Report } from "../../demo/Report.ts";
import type { Cluster } from "./Cluster.ts";
import type { Fleet } from "./Fleet.ts";
import type { Spreads } from "./Spreads.ts";
import type { ValidatorCore } from "./ValidatorCore.ts";

export type Say = (line: string) => void;

/** What the scenarios of one run share. */
export interface Run {
  readonly cluster: Cluster;
  readonly fleet: Fleet;
  readonly report: Report;
  readonly spreads: Spreads;
  /** Whether agents are looked at while they rest. */
  readonly rest: boolean;
  /** Of the validators. */
  readonly core: ValidatorCore;
}
