import { readRecord } from "../readRecord.ts";
import type { Addition } from "./Addition.ts";

function child(value: unknown, key: string | number): unknown {
  return Array.isArray(value) ? (value as unknown[])[Number(key)] : readRecord(value)?.[key];
}

/** Plain data with all that is added. The data given is left as it is. */
export function addToValue(value: unknown, additions: readonly Addition[]): unknown {
  const copy = structuredClone(value);
  for (const { target, key, value: added } of additions) {
    const place = target.reduce<unknown>(child, copy);
    if (key === undefined) (place as unknown[]).push(added);
    else (place as Record<string, unknown>)[key] = added;
  }
  return copy;
}
