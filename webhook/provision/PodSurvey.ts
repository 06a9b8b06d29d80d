import type { ValidatorPod } from "./ValidatorPod.ts";

/** What a look at the validator pods of enabled namespaces found. */
export interface PodSurvey {
  /** Have no agent, and would get one if they were made now. */
  readonly missing: readonly ValidatorPod[];
  /** Have an agent of another version or image than pods made now get. */
  readonly outdated: readonly ValidatorPod[];
}
