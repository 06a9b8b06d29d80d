import type { KubeObject } from "./KubeObject.ts";

/**
 * The object under the apiVersion and kind that it was asked by: the items of a list come without any, and metadata
 * alone as PartialObjectMetadata.
 */
export function asKind(
  object: unknown,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): KubeObject {
  const known = object as KubeObject;
  return known.kind === kind && known.apiVersion === apiVersion ? known : { ...known, apiVersion, kind };
}
