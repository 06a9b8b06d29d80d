import { readText } from "./readText.ts";

/** Kubernetes' limit for names (DNS subdomain), and the document's. The API server does not check all it hands out. */
const longest = 253;

/** A name as objects bear or refer to; undefined for what can be none. */
export function readName(value: unknown): string | undefined {
  const text = readText(value);
  return text !== undefined && text.length <= longest ? text : undefined;
}
