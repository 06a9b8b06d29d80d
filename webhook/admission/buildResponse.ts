import type { InjectionDecision } from "../inject/InjectionDecision.ts";
import type { AdmissionResponse } from "./AdmissionReview.ts";

/** Characters and number such that all fit into 4096: beyond, the API server (1.37) cuts each after 256. */
const maxWarning = 500;
const maxWarnings = 8;

function withWarnings(warnings: readonly string[]): { warnings?: readonly string[] } {
  if (warnings.length === 0) return {};
  return { warnings: warnings.slice(0, maxWarnings).map((text) => text.slice(0, maxWarning)) };
}

/** The answer to request `uid` that carries out a decision. */
export function buildResponse(uid: string, decision: InjectionDecision): AdmissionResponse {
  if (decision.action === "inject") {
    return {
      uid,
      allowed: true,
      patchType: "JSONPatch",
      patch: Buffer.from(JSON.stringify(decision.patch)).toString("base64"),
      ...withWarnings(decision.warnings),
      auditAnnotations: { injection: `injected as ${decision.mode}` },
    };
  }
  const audit = { auditAnnotations: { injection: `${decision.action}: ${decision.reason}` } };
  if (decision.action === "skip") return { uid, allowed: true, ...withWarnings(decision.warnings), ...audit };
  return {
    uid,
    allowed: false,
    status: { code: 422, reason: "Invalid", message: decision.detail },
    ...audit,
  };
}
