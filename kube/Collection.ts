/**
 * The address of a set of objects. Without a namespace: those of all namespaces, or of a cluster-wide kind.
 * With a name: that one object only. The right to `get` and `watch` it suffices; with the right to `list` it by its name
 * as well (a rule with resourceNames), a watch goes on from where the list ended instead of sending it again.
 */
export interface Collection {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly labelSelector?: string;
}
