import { isJsonObject } from "./isJsonObject.ts";
import type { JsonObject } from "./JsonObject.ts";

const keysByField: Readonly<Record<string, readonly string[]>> = {
  conditions: ["type"],
  containers: ["name"],
  env: ["name"],
  ephemeralContainers: ["name"],
  hostAliases: ["ip"],
  imagePullSecrets: ["name"],
  initContainers: ["name"],
  matchConditions: ["name"],
  ownerReferences: ["uid"],
  secrets: ["name"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  volumeDevices: ["devicePath"],
  volumeMounts: ["mountPath"],
  volumes: ["name"],
  webhooks: ["name"],
};

/**
 * By which fields the items of a list are told apart when it is merged; undefined where a list is replaced whole, as
 * those of custom resources always are. The first field alone is what strategic patches go by.
 */
export function listKeys(
  apiVersion: string,
  field: string,
  items: readonly unknown[],
): readonly string[] | undefined {
  if (apiVersion.startsWith("stellar.org/") || !items.every(isJsonObject)) return undefined;
  if (field !== "ports") return Object.hasOwn(keysByField, field) ? keysByField[field] : undefined;
  // Those of a container and of a Service; of an EndpointSlice and a NetworkPolicy they are one value.
  if (items.length > 0 && items.every((item: JsonObject) => "containerPort" in item))
    return ["containerPort", "protocol"];
  return apiVersion === "v1" && items.every((item: JsonObject) => "port" in item)
    ? ["port", "protocol"]
    : undefined;
}
