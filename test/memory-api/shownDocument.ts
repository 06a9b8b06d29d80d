import type { KubeObject } from "../../kube/KubeObject.ts";

const partial = { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata" } as const;

/** Whether a client accepts metadata alone, as kube/partialMetadata asks for it. */
function wantsMetadata(accept: unknown): boolean {
  return typeof accept === "string" && /as=PartialObjectMetadata/.test(accept);
}

/** An object in the form that the client accepts. Tables are not among them: clients fall back to the object. */
export function shownDocument(object: KubeObject, accept: unknown): unknown {
  return wantsMetadata(accept) ? { ...partial, metadata: object.metadata } : object;
}
