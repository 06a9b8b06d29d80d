/**
 * The address of a set of objects. Without a namespace: those of all namespaces, or of a cluster-wide kind.
 * With a name: that one object only (needs the right to `get` and `watch` it, not `list`).
 */
export interface Collection {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly labelSelector?: string;
}
