import { ApiError } from "./ApiError.ts";

interface Status {
  readonly kind?: unknown;
  readonly message?: unknown;
  readonly reason?: unknown;
  readonly code?: unknown;
  readonly details?: { readonly retryAfterSeconds?: unknown };
}

/** Reasons of answers that carry no Status, such as those of a proxy or of the server's own mux. */
const plainReasons: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  410: "Expired",
  413: "RequestEntityTooLarge",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

const shown = 200;

/**
 * An ApiError of a refusal: its Status object where there is one (meta/v1 Status), else the HTTP status alone.
 * Retry-After in seconds counts before the Status's own retryAfterSeconds; a date in it is not read.
 */
export function statusError(httpStatus: number, body: string, retryAfterHeader?: unknown): ApiError {
  const { message, reason, details, code } = parseStatus(body);
  const status = typeof code === "number" && httpStatus === 200 ? code : httpStatus;
  const retryAfter = seconds(retryAfterHeader) ?? seconds(details?.retryAfterSeconds);
  return new ApiError({
    status,
    reason: typeof reason === "string" && reason !== "" ? reason : (plainReasons[status] ?? "Unknown"),
    message: typeof message === "string" ? message : `HTTP ${status}: ${body.slice(0, shown).trim()}`,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

function parseStatus(body: string): Status {
  try {
    const parsed = JSON.parse(body) as Status | null;
    return parsed?.kind === "Status" ? parsed : {};
  } catch {
    return {};
  }
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number > 0 ? number * 1_000 : undefined;
}
