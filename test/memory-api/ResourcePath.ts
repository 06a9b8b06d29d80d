import type { ResourceType } from "./ResourceType.ts";

/** What a path of the API names. */
export interface ResourcePath {
  readonly type: ResourceType;
  readonly namespace?: string;
  /** None: the collection. */
  readonly name?: string;
  readonly subresource?: string;
}
