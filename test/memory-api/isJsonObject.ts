import type { JsonObject } from "./JsonObject.ts";

/** Neither null, a list nor a scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
