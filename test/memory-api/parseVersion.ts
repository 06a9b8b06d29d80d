import { refusals } from "./refusals.ts";

/** A resourceVersion as a number; `""`, like `"0"`, names none. Throws the server's 400. */
export function parseVersion(resourceVersion: string): number {
  if (!/^[0-9]*$/.test(resourceVersion))
    throw refusals.badRequest(`invalid resource version: ${JSON.stringify(resourceVersion)}`);
  return Number(resourceVersion);
}
