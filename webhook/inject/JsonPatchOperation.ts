/** One operation of RFC 6902. Injection needs no other than `add`, so that nothing of the pod's own can be rewritten. */
export interface JsonPatchOperation {
  readonly op: "add";
  /** A JSON pointer (RFC 6901). */
  readonly path: string;
  readonly value: unknown;
}
