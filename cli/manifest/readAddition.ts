import type { JsonPatchOperation } from "../../webhook/inject/JsonPatchOperation.ts";
import type { Addition } from "./Addition.ts";

function unescape(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** An operation on what stands at `base`, as an addition to the whole document. */
export function readAddition(base: readonly (string | number)[], operation: JsonPatchOperation): Addition {
  const parts = operation.path.split("/").slice(1).map(unescape);
  const last = parts.pop() ?? "";
  const addition = { target: [...base, ...parts], value: operation.value };
  return last === "-" ? addition : { ...addition, key: last };
}
