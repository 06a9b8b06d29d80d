import type { InjectionSettings } from "./InjectionSettings.ts";

/** Everything besides the pod that injection depends on. */
export interface InjectionContext {
  readonly settings: InjectionSettings;
  /** `minor` of the API server's version: 37 for 1.37. */
  readonly server: { readonly minor: number };
  readonly namespace: {
    readonly name: string;
    /** Absent when they are not known: then the namespaceSelector that let the request through is trusted. */
    readonly labels?: Readonly<Record<string, string>>;
  };
}
