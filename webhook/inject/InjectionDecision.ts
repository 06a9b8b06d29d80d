import type { JsonPatchOperation } from "./JsonPatchOperation.ts";
import type { SkipReason } from "./skipReasons.ts";

/** What is to be done with a pod, and why. Warnings are sentences for the person who made the pod. */
export type InjectionDecision =
  | {
      readonly action: "inject";
      /** How the agent runs: an ordinary container, or a native sidecar. */
      readonly mode: "container" | "native";
      readonly patch: readonly JsonPatchOperation[];
      readonly warnings: readonly string[];
    }
  | {
      /** Admit the pod as it is, or (`reject`) deny it. */
      readonly action: "skip" | "reject";
      readonly reason: SkipReason;
      readonly detail: string;
      readonly warnings: readonly string[];
    };
