import { readRecord } from "../readRecord.ts";

type Labels = Readonly<Record<string, string>>;

function collect(object: unknown, into: Map<string, Labels>): void {
  const record = readRecord(object);
  if (typeof record?.["kind"] === "string" && record["kind"].endsWith("List")) {
    const items = record["items"];
    if (Array.isArray(items)) for (const item of items as unknown[]) collect(item, into);
  }
  if (record?.["kind"] !== "Namespace" || record["apiVersion"] !== "v1") return;
  const metadata = readRecord(record["metadata"]);
  const name = metadata?.["name"];
  if (typeof name === "string") into.set(name, (readRecord(metadata?.["labels"]) ?? {}) as Labels);
}

/** The labels of the Namespaces among some objects, by name. */
export function readNamespaces(objects: readonly unknown[]): ReadonlyMap<string, Labels> {
  const namespaces = new Map<string, Labels>();
  for (const object of objects) collect(object, namespaces);
  return namespaces;
}
