export interface ApiErrorInit {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  /** Milliseconds, from Retry-After. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** Reasons with no HTTP status, for failures on the way: status 0. */
export type TransportReason = "ConnectionFailed" | "Timeout" | "InvalidAnswer";

const transientStatus = new Set([0, 401, 408, 429, 500, 502, 503, 504]);

/**
 * The one failure of a KubeApi call. `status` is the HTTP status, or 0 when there was no answer; `reason` is the
 * Status object's (`Conflict`, `NotFound`, `Expired`, …) or a TransportReason. A write that failed with status 0 or
 * 5xx may have taken place all the same.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly reason: string;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number | undefined;
  /** True when the same call may well succeed later: no answer, 401 (a token in rotation), 408, 429 and 5xx. */
  readonly transient: boolean;

  constructor(init: ApiErrorInit) {
    super(init.message, { cause: init.cause });
    this.status = init.status;
    this.reason = init.reason;
    this.retryAfter = init.retryAfter;
    this.transient = transientStatus.has(init.status);
  }
}
