import { isJsonObject } from "./isJsonObject.ts";
import type { JsonObject } from "./JsonObject.ts";
import type { ResourceType } from "./ResourceType.ts";

const leftOutWhenEmpty = ["annotations", "finalizers", "labels", "managedFields", "ownerReferences"];
const emptyMaps = ["binaryData", "data"];

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  const kept = Object.entries(object).filter(([name, value]) => !(names.includes(name) && isEmpty(value)));
  return Object.fromEntries(kept);
}

/** As JSON leaves it, without what is null. */
function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, child]) => child !== null && child !== undefined);
  return Object.fromEntries(kept.map(([name, child]) => [name, present(child)]));
}

/** An object in the form in which the server keeps it: nothing null, no empty maps where it leaves them out. */
export function normalize({ apiVersion, kind }: ResourceType, object: JsonObject): JsonObject {
  const { metadata, ...rest } = present(object) as JsonObject;
  const fields = without(rest, emptyMaps);
  return {
    ...(kind === "Secret" ? withStringData(fields) : fields),
    apiVersion,
    kind,
    metadata: without(isJsonObject(metadata) ? metadata : {}, leftOutWhenEmpty),
  };
}

function withStringData({ stringData, ...secret }: JsonObject): JsonObject {
  const typed = { type: "Opaque", ...secret };
  if (!isJsonObject(stringData)) return typed;
  const encoded = Object.entries(stringData).map(([name, value]) => [
    name,
    Buffer.from(String(value)).toString("base64"),
  ]);
  const data = isJsonObject(secret["data"]) ? secret["data"] : {};
  return { ...typed, data: { ...data, ...Object.fromEntries(encoded) } };
}
