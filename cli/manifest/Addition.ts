/** Something to be added to a document. */
export interface Addition {
  /** Of the map or the list that grows. */
  readonly target: readonly (string | number)[];
  /** Of a map; none: at the end of a list. */
  readonly key?: string;
  readonly value: unknown;
}
