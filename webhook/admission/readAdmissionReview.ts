import type { AdmissionRequest } from "./AdmissionReview.ts";
import type { ReviewRefusal } from "./reviewRefusals.ts";

export type AdmissionReviewResult =
  | { readonly ok: true; readonly request: AdmissionRequest }
  | { readonly ok: false; readonly reason: ReviewRefusal; readonly detail: string };

type Fields = Readonly<Record<string, unknown>>;

function refuse(reason: ReviewRefusal, detail: string): AdmissionReviewResult {
  return { ok: false, reason, detail };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parseJson(body: Buffer): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(body.toString("utf8")) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function readRequest(request: Fields): AdmissionRequest {
  const kind = fieldsOf(request["kind"]) ?? {};
  return {
    uid: text(request["uid"]),
    operation: text(request["operation"]),
    group: text(kind["group"]),
    kind: text(kind["kind"]),
    subResource: text(request["subResource"]),
    namespace: text(request["namespace"]),
    object: request["object"],
    dryRun: request["dryRun"] === true,
  };
}

/**
 * Reads a body as an AdmissionReview of admission.k8s.io/v1 with a request that can be answered: that has a uid. Never
 * throws. The request's object is not looked at.
 */
export function readAdmissionReview(body: Buffer | undefined): AdmissionReviewResult {
  if (!body || body.length === 0) return refuse("empty-body", "the request has no body");
  const parsed = parseJson(body);
  if ("error" in parsed) return refuse("not-json", `the body is not JSON: ${parsed.error}`);
  const review = fieldsOf(parsed.value);
  if (review?.["kind"] !== "AdmissionReview" || review["apiVersion"] !== "admission.k8s.io/v1")
    return refuse("not-an-admission-review", "the body is not an AdmissionReview of admission.k8s.io/v1");
  const request = fieldsOf(review["request"]);
  if (!request) return refuse("no-request", "the AdmissionReview has no request");
  if (text(request["uid"]) === "") return refuse("no-uid", "the AdmissionReview's request has no uid");
  return { ok: true, request: readRequest(request) };
}
