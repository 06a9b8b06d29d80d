/** A pod, as far as what a webhook adds to it is read. */
export interface PatchedPod {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: { readonly containers: readonly unknown[]; readonly volumes?: readonly unknown[] };
}
