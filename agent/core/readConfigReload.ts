import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CoreResult } from "./CoreApi.ts";
import { readAnswer } from "./readAnswer.ts";
import { readJson } from "./readJson.ts";

/**
 * Reads the answer to config-reload, which no released Core has and whose form is therefore open: any 200 counts that
 * is neither HTML nor an error, and that is whole if it begins as JSON.
 */
export function readConfigReload(answer: CoreAnswer): CoreResult<void> {
  const body = readAnswer(answer);
  if (!body.ok) return body;
  if (!body.value.trimStart().startsWith("{")) return { ok: true, value: undefined };
  const json = readJson(answer);
  return json.ok ? { ok: true, value: undefined } : json;
}
