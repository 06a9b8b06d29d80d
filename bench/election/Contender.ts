import type { Program } from "../measure/Program.ts";

/** Which candidates a process is to hold, and for what. */
export interface Stand {
  readonly kubeconfig: string;
  /** Name of the Lease. */
  readonly lease: string;
  /** What the candidates' names begin with. */
  readonly identity: string;
  readonly candidates: number;
}

/** An election that is measured. */
export interface Contender {
  readonly start: (stand: Stand) => Program;
}
