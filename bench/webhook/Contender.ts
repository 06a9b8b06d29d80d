import type { Program } from "../measure/Program.ts";
import type { LoadTarget } from "./load/LoadConnection.ts";

export interface RunningWebhook {
  readonly program: Program;
  readonly target: LoadTarget;
  /** Seconds from start to ready. */
  readonly ready: number;
}

/** A webhook that is measured, started anew each time. */
export interface Contender {
  readonly name: string;
  readonly start: () => Promise<RunningWebhook>;
}
