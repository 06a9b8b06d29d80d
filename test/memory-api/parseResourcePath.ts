import type { ResourcePath } from "./ResourcePath.ts";
import { resourceTypes } from "./resourceTypes.ts";

/** The other direction of kube/resourcePath; undefined for what is no path of a resource that is served. */
export function parseResourcePath(pathname: string): ResourcePath | undefined {
  const [root, ...segments] = pathname.split("/").slice(1).map(decodeURIComponent);
  const groupLength = root === "api" ? 1 : root === "apis" ? 2 : 0;
  if (groupLength === 0) return undefined;
  const apiVersion = segments.slice(0, groupLength).join("/");
  const rest = segments.slice(groupLength);
  // `namespaces/NAME` is a Namespace itself, and `namespaces/NAME/status` its subresource.
  const inside = rest[0] === "namespaces" && rest.length > 2 && find(apiVersion, rest[2]) !== undefined;
  const [plural, name, subresource, ...more] = inside ? rest.slice(2) : rest;
  const type = find(apiVersion, plural);
  if (!type || more.length > 0 || (inside && !type.namespaced)) return undefined;
  return {
    type,
    ...(inside && rest[1] !== undefined && { namespace: rest[1] }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

function find(apiVersion: string, plural: string | undefined) {
  return resourceTypes.find((type) => type.apiVersion === apiVersion && type.plural === plural);
}
