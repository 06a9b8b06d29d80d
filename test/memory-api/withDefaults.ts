import { isJsonObject } from "./isJsonObject.ts";
import type { JsonObject } from "./JsonObject.ts";
import type { ResourceType } from "./ResourceType.ts";

const podDefaults = {
  restartPolicy: "Always",
  terminationGracePeriodSeconds: 30,
  dnsPolicy: "ClusterFirst",
  serviceAccountName: "default",
};

const firstStatus: Readonly<Record<string, JsonObject>> = {
  Namespace: { phase: "Active" },
  Pod: { phase: "Pending" },
};

/**
 * A new object with what the server adds before admission: a few defaults of pods, the name label of namespaces, and
 * the status that objects begin with, whatever status they were sent with.
 */
export function withDefaults({ kind, hasStatus }: ResourceType, object: JsonObject): JsonObject {
  const { status: sent, ...rest } = object;
  const status = hasStatus ? firstStatus[kind] : sent;
  const begun = { ...rest, ...(status !== undefined && { status }) };
  if (kind === "Pod") return { ...begun, spec: { ...podDefaults, ...mapOf(object["spec"]) } };
  if (kind !== "Namespace") return begun;
  const metadata = mapOf(object["metadata"]);
  const labels = { ...mapOf(metadata["labels"]), "kubernetes.io/metadata.name": metadata["name"] };
  return { ...begun, metadata: { ...metadata, labels } };
}

function mapOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
