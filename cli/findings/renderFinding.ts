import type { Finding } from "./Finding.ts";
import { findingCodes } from "./findingCodes.ts";

/** A finding for people, a line for each thing to say. */
export function renderFinding({ severity, code, detail, action }: Finding): readonly string[] {
  return [
    `${severity} ${code}: ${findingCodes[code]}`,
    `  ${detail}`,
    ...(action === undefined ? [] : [`  what to do: ${action}`]),
  ];
}
