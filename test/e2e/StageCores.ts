import type { StageCore } from "./StageCore.ts";

/** Makes the Cores of one network. */
export interface StageCores<Core extends StageCore> {
  /** One for this pod, started. */
  make(pod: string): Promise<Core>;
}
