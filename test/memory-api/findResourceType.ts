import { resourceNames } from "../../kube/resourceNames.ts";
import { UnknownKindError } from "../../kube/UnknownKindError.ts";
import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";
import { resourceTypes } from "./resourceTypes.ts";

const types = new Map(resourceTypes.map((type) => [`${type.apiVersion} ${type.kind}`, type]));

/** Throws the server's 404 for a kind that is not served, and UnknownKindError for one that no client can ask for. */
export function findResourceType({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): ResourceType {
  const type = types.get(`${apiVersion} ${kind}`);
  if (type) return type;
  throw Object.hasOwn(resourceNames, kind) ? refusals.notServed() : new UnknownKindError(kind);
}
