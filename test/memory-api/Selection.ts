import type { Collection } from "../../kube/Collection.ts";
import { parseLabelSelector } from "./parseLabelSelector.ts";
import type { ResourceType } from "./ResourceType.ts";
import type { StoredObject } from "./StoredObject.ts";

/** The objects that a collection names. */
export class Selection {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly #name: string | undefined;
  readonly #fits: (labels: Readonly<Record<string, string>>) => boolean;

  /** Throws the server's 400 for a selector that is none. */
  constructor(type: ResourceType, { namespace, name, labelSelector = "" }: Collection) {
    this.type = type;
    this.namespace = namespace;
    this.#name = name;
    this.#fits = labelSelector === "" ? () => true : parseLabelSelector(labelSelector);
  }

  has({ metadata }: StoredObject): boolean {
    return (
      (this.namespace === undefined || metadata.namespace === this.namespace) &&
      (this.#name === undefined || metadata.name === this.#name) &&
      this.#fits(metadata.labels ?? {})
    );
  }
}
