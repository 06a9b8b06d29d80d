/** What to accept for objects, and lists of them, of which only the metadata is wanted. */
export const partialMetadata = {
  object: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
  list: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
} as const;
