import { DeadlineError } from "../runtime/DeadlineError.ts";
import { ApiError } from "./ApiError.ts";
import type { TransportReason } from "./ApiError.ts";

/** The ApiError of a call that got no usable answer. */
export function transportError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ApiError({ status: 0, reason: reasonOf(cause), message: detail, cause });
}

function reasonOf(cause: unknown): TransportReason {
  if (cause instanceof DeadlineError) return "Timeout";
  return cause instanceof SyntaxError || cause instanceof RangeError ? "InvalidAnswer" : "ConnectionFailed";
}
