import { ApiError } from "../../kube/ApiError.ts";
import type { ResourceType } from "./ResourceType.ts";

type Named = Pick<ResourceType, "apiVersion" | "plural">;

function qualified({ apiVersion, plural }: Named): string {
  const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0]}` : "";
  return `${plural}${group}`;
}

function refusal(status: number, reason: string, message: string): ApiError {
  return new ApiError({ status, reason, message });
}

/** What the server says when it refuses, with the status and the reason of a real one. */
export const refusals = {
  notServed: () => refusal(404, "NotFound", "the server could not find the requested resource"),
  notFound: (type: Named, name: string) => refusal(404, "NotFound", `${qualified(type)} "${name}" not found`),
  alreadyExists: (type: Named, name: string) =>
    refusal(409, "AlreadyExists", `${qualified(type)} "${name}" already exists`),
  conflict: (type: Named, name: string, cause: string) =>
    refusal(409, "Conflict", `Operation cannot be fulfilled on ${qualified(type)} "${name}": ${cause}`),
  applyConflict: (conflicts: readonly string[]) =>
    refusal(409, "Conflict", `Apply failed with ${conflicts.length} conflicts: ${conflicts.join("; ")}`),
  invalid: (kind: string, name: string, cause: string) =>
    refusal(422, "Invalid", `${kind} "${name}" is invalid: ${cause}`),
  unprocessable: (cause: string) =>
    refusal(422, "Invalid", `the server rejected our request due to an error in our request: ${cause}`),
  badRequest: (cause: string) => refusal(400, "BadRequest", cause),
  forbidden: (cause: string) => refusal(403, "Forbidden", cause),
  unsupportedMediaType: (cause: string) => refusal(415, "UnsupportedMediaType", cause),
  methodNotAllowed: () =>
    refusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
  unauthorized: () => refusal(401, "Unauthorized", "Unauthorized"),
  internal: (cause: string) => refusal(500, "InternalError", `Internal error occurred: ${cause}`),
  expired: (version: string, oldest: number) =>
    refusal(410, "Expired", `too old resource version: ${version} (${oldest})`),
  tooLargeVersion: (version: number, current: number) =>
    new ApiError({
      status: 504,
      reason: "Timeout",
      message: `Timeout: Too large resource version: ${version}, current: ${current}`,
      retryAfter: 1000,
    }),
  disrupted: (cause: string) =>
    new ApiError({ status: 429, reason: "TooManyRequests", message: cause, retryAfter: 10_000 }),
} as const;
