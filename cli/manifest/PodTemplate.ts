/** A pod, or what a workload makes pods of, found in a manifest. */
export interface PodTemplate {
  /** Of the object that holds it: `Pod`, `StatefulSet`, … . */
  readonly kind: string;
  readonly name: string;
  /** Absent: the manifest says none. */
  readonly namespace: string | undefined;
  /** Where in the document it stands. */
  readonly path: readonly (string | number)[];
  /** As planInjection takes it. */
  readonly pod: unknown;
}
