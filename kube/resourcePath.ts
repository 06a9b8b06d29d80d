import { resourceNames } from "./resourceNames.ts";
import { UnknownKindError } from "./UnknownKindError.ts";

export interface ResourceAddress {
  readonly apiVersion: string;
  readonly kind: string;
  /** None: a cluster-wide object, or a collection over all namespaces. */
  readonly namespace?: string | undefined;
  /** None: the collection. */
  readonly name?: string | undefined;
  readonly subresource?: string;
}

/** The path of an object or a collection on an API server. Throws UnknownKindError. */
export function resourcePath(address: ResourceAddress): string {
  const { apiVersion, kind, namespace, name, subresource } = address;
  const plural = Object.hasOwn(resourceNames, kind) ? resourceNames[kind] : undefined;
  if (plural === undefined) throw new UnknownKindError(kind);
  const segments = [
    ...(apiVersion.includes("/") ? ["apis", ...apiVersion.split("/")] : ["api", apiVersion]),
    ...(namespace === undefined ? [] : ["namespaces", namespace]),
    plural,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ];
  return `/${segments.map(encodeURIComponent).join("/")}`;
}
