import assert from "node:assert/strict";
import { ApiError } from "../../../kube/ApiError.ts";

/** The ApiError that this ends with; anything else fails the test. */
export async function failure(work: Promise<unknown>): Promise<ApiError> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(error instanceof ApiError, `expected an ApiError, not ${String(error)}`);
  return error;
}
