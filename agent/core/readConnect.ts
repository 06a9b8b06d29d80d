import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CoreResult } from "./CoreApi.ts";
import { coreFailure } from "./coreFailure.ts";
import { readAnswer } from "./readAnswer.ts";

/** Reads the answer to `/connect`: plain text, which says that Core took the request and nothing about the peer. */
export function readConnect(answer: CoreAnswer): CoreResult<void> {
  const body = readAnswer(answer);
  if (!body.ok) return body;
  if (body.value.trimStart().startsWith("Connect to:")) return { ok: true, value: undefined };
  return coreFailure("unreadable", `/connect answered ${JSON.stringify(body.value)}`);
}
