import type { ValidatorPod } from "./ValidatorPod.ts";

/** The pods that an agent is for, as the API shows them. */
export interface PodObservation {
  /** Enabled namespaces with their labels. */
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly injected: readonly ValidatorPod[];
  /** Validators, and pods that ask for an agent, which have none. */
  readonly bare: readonly ValidatorPod[];
}
