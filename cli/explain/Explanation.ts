import type { Finding } from "../findings/Finding.ts";
import type { FindingCode } from "../findings/findingCodes.ts";

/** Whether a pod has an agent, and why or why not. */
export interface Explanation {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `would-be-injected`: a manifest that has no agent yet and gets one when it is applied now. */
  readonly verdict: "injected" | "would-be-injected" | "not-injected";
  /** Of the webhook that injected, or would. */
  readonly version?: string;
  readonly mode?: "container" | "native";
  /** Why not. */
  readonly reason?: FindingCode;
  /** Problems first; when the pod is not injected, the reason is the first of all. */
  readonly findings: readonly Finding[];
}
