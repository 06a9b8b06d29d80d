import type { Collection } from "./Collection.ts";

/**
 * The query that selects a collection's objects. By `metadata.name` the server knows a list or watch as one of that
 * name, also for rights with resourceNames (apiserver, request/requestinfo.go).
 */
export function selectorQuery({ labelSelector, name }: Collection): Record<string, string | undefined> {
  return { labelSelector, fieldSelector: name === undefined ? undefined : `metadata.name=${name}` };
}
