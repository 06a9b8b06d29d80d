import type { InjectionContext } from "../inject/InjectionContext.ts";
import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import { planInjection } from "../inject/planInjection.ts";
import type { AdmissionRequest } from "./AdmissionReview.ts";

/** What to do about a request: as planInjection says if it creates a pod, nothing otherwise. */
export function decideRequest(request: AdmissionRequest, context: InjectionContext): InjectionDecision {
  const { group, kind, subResource, operation } = request;
  if (group === "" && kind === "Pod" && subResource === "" && operation === "CREATE")
    return planInjection(request.object, context);
  const detail = `${operation || "an operation"} of ${kind || "an object"}${subResource && `/${subResource}`}`;
  return { action: "skip", reason: "not-a-pod-creation", detail, warnings: [] };
}
