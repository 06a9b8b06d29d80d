/** One kind that the in-memory API serves. */
export interface ResourceType {
  readonly apiVersion: string;
  readonly kind: string;
  /** As it stands in paths. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  /** What names must be: a DNS label, a DNS subdomain, or anything that can stand in a path. */
  readonly names: "label" | "subdomain" | "segment";
  /** `status` is written by itself only, through a subresource. */
  readonly hasStatus: boolean;
  /** `metadata.generation` counts changes of what is neither metadata nor status. */
  readonly hasGeneration: boolean;
  /** An update without a resourceVersion is refused. */
  readonly needsVersion: boolean;
  /** Defined by a CustomResourceDefinition: knows no strategic merge patch. */
  readonly custom: boolean;
}
