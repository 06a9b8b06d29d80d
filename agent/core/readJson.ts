import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CoreResult } from "./CoreApi.ts";
import { coreFailure } from "./coreFailure.ts";
import { readAnswer } from "./readAnswer.ts";

export type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads an answer as a JSON object. Never throws. */
export function readJson(answer: CoreAnswer): CoreResult<JsonRecord> {
  const body = readAnswer(answer);
  if (!body.ok) return body;
  try {
    const value = JSON.parse(body.value) as unknown;
    return isRecord(value) ? { ok: true, value } : coreFailure("unreadable", "JSON, but no object");
  } catch (error) {
    return coreFailure("unreadable", `no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
