import type { ApiError } from "../../kube/ApiError.ts";

/** The Status object that tells a client of a refusal. */
export function statusDocument({ status, reason, message, retryAfter }: ApiError) {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(retryAfter !== undefined && { details: { retryAfterSeconds: Math.ceil(retryAfter / 1000) } }),
    code: status,
  };
}
