import { applyPatch, type Operation } from "rfc6902";
import { refusals } from "./refusals.ts";

/** JSON Patch (RFC 6902). Throws the server's 422 where an operation fails. */
export function jsonPatch(target: unknown, operations: readonly unknown[]): unknown {
  const patched: { document: unknown } = { document: structuredClone(target) };
  const rooted = (operations as readonly Operation[]).map((operation) => ({
    ...operation,
    path: `/document${operation.path}`,
    ...("from" in operation && { from: `/document${operation.from}` }),
  }));
  const failure = applyPatch(patched, rooted as Operation[]).find((error) => error !== null);
  if (failure) throw refusals.unprocessable(failure.message);
  return patched.document;
}
