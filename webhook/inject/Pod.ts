type Nullable<T> = T | null | undefined;
export type Quantities = Nullable<Readonly<Record<string, string | number>>>;

export interface PodResources {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
}

export interface PodContainer {
  readonly name: string;
  readonly image?: Nullable<string>;
  readonly ports?: Nullable<
    readonly { readonly containerPort?: unknown; readonly hostPort?: unknown; readonly protocol?: unknown }[]
  >;
  readonly resources?: Nullable<PodResources>;
}

export interface PodMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Nullable<Readonly<Record<string, string>>>;
  readonly annotations?: Nullable<Readonly<Record<string, string>>>;
}

/** A pod, or a workload's pod template, as far as injection reads it; `null` counts as absent, as in the API. */
export interface Pod {
  readonly metadata?: Nullable<PodMetadata>;
  readonly spec: {
    readonly containers: readonly PodContainer[];
    readonly initContainers?: Nullable<readonly PodContainer[]>;
    readonly volumes?: Nullable<readonly { readonly name: string }[]>;
    readonly restartPolicy?: Nullable<string>;
    readonly hostNetwork?: Nullable<boolean>;
    readonly securityContext?: Nullable<{ readonly runAsUser?: Nullable<number> }>;
    /** Of the whole pod (Kubernetes 1.34). */
    readonly resources?: Nullable<PodResources>;
    readonly os?: Nullable<{ readonly name?: unknown }>;
  };
}
