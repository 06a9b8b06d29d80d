import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import type { ReviewRefusal } from "./reviewRefusals.ts";

/** What the admission server counts. */
export interface AdmissionMetrics {
  /** A review was answered. `seconds`: from its body's arrival to the answer. */
  decided(decision: InjectionDecision, dryRun: boolean, seconds: number): void;
  /** A request was no review that can be answered. */
  refused(reason: ReviewRefusal): void;
}
