import type { KubeObject, ManagedFields, ObjectMeta } from "../../kube/KubeObject.ts";
import type { JsonObject } from "./JsonObject.ts";

/** What one manager set, as the server tells it (meta/v1 ManagedFieldsEntry). */
export interface ManagedFieldsEntry extends ManagedFields {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: "FieldsV1";
  readonly fieldsV1: JsonObject;
  readonly subresource?: string;
}

export interface StoredMeta extends ObjectMeta {
  readonly name: string;
  readonly uid: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/** An object as the server holds it: frozen. */
export interface StoredObject extends KubeObject {
  readonly metadata: StoredMeta;
  readonly [field: string]: unknown;
}
