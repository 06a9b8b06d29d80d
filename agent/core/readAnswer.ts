import type { CoreAnswer } from "./CoreAnswer.ts";
import type { CoreResult } from "./CoreApi.ts";
import { coreFailure } from "./coreFailure.ts";

/**
 * Takes an answer's body, or says why there is none to take. A command that Core knows answers 200 whatever happened,
 * with `{"error": …}` or `{"exception": …}` in the body; the exception's text is not escaped, so such a body may not
 * be JSON, and is known by how it begins (27.1, CommandHandler::safeRouter; 25.2, "Core is booting").
 */
export function readAnswer({ status, body }: CoreAnswer): CoreResult<string> {
  if (status === 404) return coreFailure("unknown-command", "404: Core has no such command");
  if (status !== 200) return coreFailure("status", `status ${status}`);
  if (/^\s*\{\s*"(error|exception)"\s*:/.test(body)) return coreFailure("error-answer", body);
  if (/^\s*</.test(body)) return coreFailure("unreadable", `HTML in place of an answer: ${body}`);
  return { ok: true, value: body };
}
