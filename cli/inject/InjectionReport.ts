import type { InjectionDecision } from "../../webhook/inject/InjectionDecision.ts";

/** What was done about one pod of a manifest. */
export interface InjectionReport {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly decision: InjectionDecision;
}
